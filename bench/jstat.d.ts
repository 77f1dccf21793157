// The parts of jstat that are used; the package has no types of its own.
declare module "jstat" {
  const jStat: {
    readonly studentt: {
      /** Quantile `p` of Student's t with `dof` degrees of freedom. */
      inv(p: number, dof: number): number;
    };
  };
  export default jStat;
}
