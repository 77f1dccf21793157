// The parts of the WebAssembly interface that the host uses; Node's own types have only some of them.
declare namespace WebAssembly {
  // Opaque: compiled code that threads can share.
  interface Module {
    readonly [Symbol.toStringTag]: string;
  }
  class Memory {
    readonly buffer: ArrayBuffer;
  }
  class Instance {
    constructor(module: Module, imports?: object);
    readonly exports: object;
  }
  function compile(bytes: Uint8Array): Promise<Module>;
}
