/** The built module of the kernels in Wasm, from the project's root. */
export const SIMD_MODULE = "chapters/optimise/kernels/pkg/simd.wasm";
