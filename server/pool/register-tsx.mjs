// Lets a worker thread run TypeScript source; `--import tsx` registers in the main thread only. Not part of the build.
import { register } from "tsx/esm/api";

register();
