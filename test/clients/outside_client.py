"""A client that shares nothing with the server but the .proto files: grpcio, with code generated from them.

Usage: outside_client.py GENERATED ADDRESS [--ca FILE --cert FILE --key FILE --no-cert-fails]
Prints one line for each thing it has tried; ends with 1 at the first that is not as it must be.
"""
import argparse
import sys
import threading
import time

import grpc

parser = argparse.ArgumentParser()
parser.add_argument("generated")
parser.add_argument("address")
parser.add_argument("--ca")
parser.add_argument("--cert")
parser.add_argument("--key")
options = parser.parse_args()
sys.path.insert(0, options.generated)

from google.protobuf import duration_pb2, timestamp_pb2  # noqa: E402
from shanpai.dispatch.v1 import (  # noqa: E402
    dispatch_pb2,
    dispatch_pb2_grpc,
    engineer_pb2,
    order_pb2,
    place_pb2,
    policy_pb2,
    travel_pb2,
)

START = 1_800_000_000
LIMITS = [("grpc.max_receive_message_length", -1), ("grpc.max_send_message_length", -1)]


def at(x, y):
    return place_pb2.Place(planar=place_pb2.PlanarPoint(x=x, y=y))


def moment(seconds):
    return timestamp_pb2.Timestamp(seconds=START + seconds)


def day(orders, engineers, **search):
    """Orders on a line, engineers at its beginning, ten hours; one unit takes a second."""
    shift = engineer_pb2.Shift(
        time=place_pb2.TimeWindow(start=moment(0), end=moment(36_000)), start_place=at(0, 0), end_place=at(0, 0)
    )
    return dispatch_pb2.AssignRequest(
        now=moment(0),
        time_zone="Asia/Shanghai",
        travel=travel_pb2.Travel(planar=travel_pb2.PlanarTravel()),
        orders=[
            order_pb2.Order(
                id=f"order-{n}", place=at(10 * n, 0), service_duration=duration_pb2.Duration(seconds=1_200)
            )
            for n in range(orders)
        ],
        engineers=[engineer_pb2.Engineer(id=f"engineer-{n}", shifts=[shift]) for n in range(engineers)],
        search=policy_pb2.SearchOptions(**search),
    )


def seconds(value):
    return duration_pb2.Duration(seconds=int(value), nanos=int((value - int(value)) * 1e9))


def must(name, holds, got=""):
    print(f"{'ok' if holds else 'NOT OK'} {name} {got if not holds else ''}".rstrip(), flush=True)
    if not holds:
        sys.exit(1)


def code_of(call):
    try:
        call()
        return grpc.StatusCode.OK, None
    except grpc.RpcError as error:
        return error.code(), error


def read(file):
    with open(file, "rb") as opened:
        return opened.read()


if options.ca:
    with_pair = grpc.ssl_channel_credentials(read(options.ca), read(options.key), read(options.cert))
    channel = grpc.secure_channel(options.address, with_pair, LIMITS)
    stranger = grpc.secure_channel(options.address, grpc.ssl_channel_credentials(read(options.ca)), LIMITS)
    code, _ = code_of(lambda: dispatch_pb2_grpc.DispatchStub(stranger).Assign(day(1, 1, iterations=5), timeout=60))
    must("mTLS: no certificate, no answer", code == grpc.StatusCode.UNAVAILABLE, code)
else:
    channel = grpc.insecure_channel(options.address, LIMITS)
stub = dispatch_pb2_grpc.DispatchStub(channel)

answer = stub.Assign(day(4, 2, iterations=50, seed=1), timeout=60)
must("assign: every order once", [one.order_id for one in answer.assignments] == [f"order-{n}" for n in range(4)])

compressed = stub.Assign(day(4, 2, iterations=50, seed=1), timeout=60, compression=grpc.Compression.Gzip)
must("assign: the same plan for a gzip message", compressed.plan == answer.plan)

events = list(
    stub.AssignStream(
        dispatch_pb2.AssignStreamRequest(
            request=day(30, 4, time_limit=seconds(1)), progress_interval=seconds(0.02)
        ),
        timeout=60,
    )
)
kinds = [event.WhichOneof("event") for event in events]
must("stream: progress on the way", kinds.count("progress") > 0, kinds)
must("stream: the answer, once", kinds.count("response") >= 1 and len(events[-1].response.assignments) > 0, kinds)

call = stub.AssignStream(dispatch_pb2.AssignStreamRequest(request=day(60, 6, time_limit=seconds(50))), timeout=60)
threading.Timer(0.5, call.cancel).start()
begun = time.monotonic()
code, _ = code_of(lambda: list(call))
must("cancel: the call ends long before its search would", code == grpc.StatusCode.CANCELLED, code)
answer = stub.Assign(day(4, 2, iterations=50, seed=1), timeout=40)
must("cancel: its worker is free", len(answer.assignments) == 4 and time.monotonic() - begun < 40)

answer = stub.Assign(day(60, 6, time_limit=seconds(50)), timeout=4)
must("deadline: the best plan so far arrives before it", len(answer.plan.routes) > 0)

bad = day(3, 1, iterations=5)
bad.orders[1].id = ""
bad.orders[2].priority = 101
code, error = code_of(lambda: stub.Assign(bad, timeout=60))
must("bad input: INVALID_ARGUMENT", code == grpc.StatusCode.INVALID_ARGUMENT, code)
details = dict(error.trailing_metadata())["grpc-status-details-bin"]
must("bad input: the details name both fields", b"orders[1].id" in details and b"orders[2].priority" in details, details)

big = day(50, 5, iterations=5)
big.validate_only = True
big.labels["note"] = "x" * 20_000_000
must("20 MB: answered", len(stub.Assign(big, timeout=60).violations) == 0)

answers = []
threads = [
    threading.Thread(target=lambda: answers.append(stub.Assign(day(4, 2, iterations=50, seed=1), timeout=60)))
    for _ in range(20)
]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
must("20 at a time: all answered alike", len({one.plan.SerializeToString(deterministic=True) for one in answers}) == 1)
