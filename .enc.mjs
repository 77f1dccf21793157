const R=process.argv[2], N=+(process.argv[3]??300), what=process.argv[4];
const imp=(p)=>import(R+'/dist/'+p.replace('.ts','.js'));
const {create,toBinary}=await import('/tmp/w/service6/node_modules/@bufbuild/protobuf/dist/esm/index.js');
const {generateCity}=await imp('datasets/city.ts');
const P=await imp('proto/gen/shanpai/dispatch/v1/dispatch_pb.ts');
const {SearchOptionsSchema,SearchOptions_Mode}=await imp('proto/gen/shanpai/dispatch/v1/policy_pb.ts');
const {createCore,loadCoreModule}=await imp('solver/core.ts');
const FP=await imp('server/messages/from-proto.ts'),E=await imp('solver/encode.ts'),D=await imp('server/answer/decode-request.ts');
const S=await imp('solver/solve.ts'),DE=await imp('solver/decode.ts'),TP=await imp('server/messages/to-proto.ts');
const req={...generateCity({orders:50,engineers:50,centres:1,seed:1}),requestId:'',search:create(SearchOptionsSchema,{seed:1n,mode:SearchOptions_Mode.MATCH})};
const bytes=toBinary(P.AssignRequestSchema,req);
const core=createCore(await loadCoreModule());
for(let i=0;i<N;i++){
 const q=D.decodeRequest(bytes.slice(),()=>false);
 const p=FP.problemFromProto(q,new Set());
 const e=E.encodeProblem(p,()=>{});
 core.load(e.columns,()=>false);
 if(what==='all'){const sol=S.solve(core,p,{workerIndex:0,deadlineMs:Infinity,stopped:()=>false});const pl=DE.decodePlan(p,sol);TP.costToProto(p,sol,pl)}
}
