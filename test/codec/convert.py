"""Converts messages with Google's protobuf: one JSON object a line in, one JSON string a line out (see python.ts)."""

import base64
import json
import sys

from google.protobuf import json_format
from shanpai.dispatch.v1 import dispatch_pb2

for line in sys.stdin:
    conversion = json.loads(line)
    message = getattr(dispatch_pb2, conversion["type"])()
    if conversion["from"] == "json":
        json_format.Parse(conversion["data"], message)
        result = base64.b64encode(message.SerializeToString()).decode()
    else:
        message.ParseFromString(base64.b64decode(conversion["data"]))
        result = json_format.MessageToJson(message)
    print(json.dumps(result))
