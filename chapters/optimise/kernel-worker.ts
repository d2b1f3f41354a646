import { serveKernels } from "../../site/components/kernels/serve-kernels.ts";
import { KERNEL_MAKERS } from "./kernels/makers.ts";

serveKernels(KERNEL_MAKERS);
