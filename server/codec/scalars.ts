// The scalars of the contract: how the wire's reader and writer call them, and what they are where nothing is given.
import { ScalarType } from "@bufbuild/protobuf";
import { WireType } from "@bufbuild/protobuf/wire";

/** A kind of scalar. */
export interface Scalar {
  /** Method of BinaryReader and BinaryWriter. */
  readonly method: "string" | "bool" | "double" | "int32" | "uint32" | "int64" | "uint64";
  readonly wireType: WireType;
  /** The zero value as code. */
  readonly zero: string;
}

const SCALARS: Readonly<Partial<Record<ScalarType, Scalar>>> = {
  [ScalarType.STRING]: { method: "string", wireType: WireType.LengthDelimited, zero: '""' },
  [ScalarType.BOOL]: { method: "bool", wireType: WireType.Varint, zero: "false" },
  [ScalarType.DOUBLE]: { method: "double", wireType: WireType.Bit64, zero: "0" },
  [ScalarType.INT32]: { method: "int32", wireType: WireType.Varint, zero: "0" },
  [ScalarType.UINT32]: { method: "uint32", wireType: WireType.Varint, zero: "0" },
  [ScalarType.INT64]: { method: "int64", wireType: WireType.Varint, zero: "0n" },
  [ScalarType.UINT64]: { method: "uint64", wireType: WireType.Varint, zero: "0n" },
};

/** The scalar of a type; an enumeration is an INT32. Throws on kinds that the contract does not have. */
export function scalarOf(type: ScalarType | undefined): Scalar {
  const scalar = type === undefined ? undefined : SCALARS[type];
  if (!scalar) throw new Error(`the contract had no scalar of type ${type} when this was written`);
  return scalar;
}
