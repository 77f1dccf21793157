const R=process.argv[2]!, N=+(process.argv[3]??300), wasm=process.argv[4]!;
import fs from 'node:fs';
const imp=(p:string)=>import(R+'/'+p);
const {create}=await import('/tmp/w/service6/node_modules/@bufbuild/protobuf/dist/esm/index.js');
const {generateCity}=await imp('datasets/city.ts');
const {SearchOptionsSchema,SearchOptions_Mode}=await imp('proto/gen/shanpai/dispatch/v1/policy_pb.ts');
const {createCore}=await imp('solver/core.ts');
const FP=await imp('server/messages/from-proto.ts'),E=await imp('solver/encode.ts');
const req={...generateCity({orders:50,engineers:50,centres:1,seed:1}),requestId:'',search:create(SearchOptionsSchema,{seed:1n,mode:SearchOptions_Mode.MATCH})};
const core=createCore(await WebAssembly.compile(fs.readFileSync(wasm)));
const p=FP.problemFromProto(req,new Set());
const e=E.encodeProblem(p,()=>{});const {expandColumns}=await imp('solver/columns.ts');const cols=expandColumns(e.columns);
const t:number[][]=[[],[],[]];
for(let i=0;i<N;i++){const a=performance.now();core.load(cols,()=>false);const b=performance.now();core.exports.startPlan(1n);const c=performance.now();core.exports.solveMatch();const d=performance.now();t[0]!.push(b-a);t[1]!.push(c-b);t[2]!.push(d-c)}
for(const l of t){l.sort((a,b)=>a-b);console.log(l[N*.2|0]!.toFixed(3),l[N>>1]!.toFixed(3))}
