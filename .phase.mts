// node --import tsx phase.mts ROOT N FILTER
import fs from "node:fs";
const R=process.argv[2]!, N=+(process.argv[3]??300), F_=process.argv[4];
const imp=(p:string)=>import(R+'/'+p);
const {create,toBinary}=await import('/tmp/w/service6/node_modules/@bufbuild/protobuf/dist/esm/index.js');
const {generateCity}=await imp('datasets/city.ts');
const P=await imp('proto/gen/shanpai/dispatch/v1/dispatch_pb.ts');
const {SearchOptionsSchema,SearchOptions_Mode}=await imp('proto/gen/shanpai/dispatch/v1/policy_pb.ts');
const {createCore,loadCoreModule}=await imp('solver/core.ts');
const A=await imp('server/answer/assign.ts'),V=await imp('server/validate/validate.ts'),FP=await imp('server/messages/from-proto.ts'),E=await imp('solver/encode.ts'),D=await imp('server/answer/decode-request.ts'),DG=await imp('server/answer/digest.ts'),S=await imp('solver/solve.ts'),DE=await imp('solver/decode.ts'),TP=await imp('server/messages/to-proto.ts'),BP=await imp('server/messages/bound-to-proto.ts');
const names=['schema','limits','ids','times','windows','lists','places','matrices','amounts','policy','current-plan','ledger'];
const M:any={};for(const n of names)M[n]=await imp(`server/validate/${n}.ts`);
const SL=await imp('server/validate/server-limits.ts');
const req={...generateCity({orders:50,engineers:50,centres:1,seed:1}),requestId:'',search:create(SearchOptionsSchema,{seed:1n,mode:SearchOptions_Mode.MATCH})};
const bytes=toBinary(P.AssignRequestSchema,req);
const core=createCore(await loadCoreModule());
const cpu=()=>performance.now();
const t:any={};const K=4;
const lap=(k:string,f:()=>any)=>{if(F_&&!k.match(F_))return f();const a=cpu();const r=f();(t[k]??=[]).push(cpu()-a);return r};
const rep=()=>{};const ctl={workerIndex:0,deadlineMs:Infinity,stopped:()=>false};
for(let i=0;i<N;i++){
 const q=lap('decode',()=>D.decodeRequest(bytes.slice(),()=>false));
 lap('validate',()=>V.validate(q));
 lap(' schema',()=>M.schema.checkSchema(q,rep));lap(' limits',()=>M.limits.checkLimits(q,rep));
 const ids=lap(' ids',()=>M.ids.checkIds(q,rep));lap(' refs',()=>M.ids.checkReferences(q,ids,rep));
 lap(' times',()=>M.times.checkTimes(q,1,rep));lap(' horizon',()=>M.times.checkHorizon(q,1,rep));lap(' windows',()=>M.windows.checkWindows(q,rep));
 lap(' lists',()=>M.lists.checkLists(q,rep));lap(' places',()=>M.places.checkPlaces(q,1,rep));lap(' amounts',()=>M.amounts.checkAmounts(q,1,rep));
 lap(' weights',()=>M.policy.checkWeights(q,1,rep));lap(' curplan',()=>{M['current-plan'].checkCurrentPlan(q,ids,rep);M.ledger.checkLedger(q,ids,rep)});
 lap('limits',()=>SL.bodyViolations(q,{maxWindows:5e5,maxMatrixCells:1e8}));
 lap('digest',()=>DG.requestDigest(q));
 const p=lap('from-proto',()=>FP.problemFromProto(q,new Set()));
 const e=lap('encode',()=>E.encodeProblem(p,()=>{}));
 lap('load',()=>core.load(e.columns,()=>false)); lap('start',()=>core.exports.startPlan(1n)); lap('match',()=>core.exports.solveMatch());
 const sol=lap('solve',()=>S.solve(core,p,{workerIndex:0,deadlineMs:Infinity,stopped:()=>false}));
 const pl=lap('decodePlan',()=>DE.decodePlan(p,sol));
 const routes=lap('routes',()=>pl.map((r:any)=>TP.routeToProto(q,p,r)));
 lap('unassigned',()=>[...sol.absent].map((row:any,i:number)=>TP.unassignedToProto(p,row,sol.reasons[i])));
 lap('assignments',()=>TP.assignmentsOf(routes));
 lap('cost',()=>TP.costToProto(p,sol,pl));
 lap('bound',()=>BP.matchBoundToProto(p,sol.levels,sol.match));
 lap('policyDigest',()=>DG.policyDigest(p.policy));
 const a=lap('assign',()=>A.assign(core,q,ctl));
 lap('toBinary',()=>toBinary(P.AssignResponseSchema,a));
}
for(const k in t){const l=t[k].slice(t[k].length/2|0).sort((a:number,b:number)=>a-b);console.log(k.padEnd(14),'p20',l[l.length*.2|0].toFixed(3),'p50',l[l.length>>1].toFixed(3),'mean',(l.reduce((a:number,b:number)=>a+b)/l.length).toFixed(3))}
