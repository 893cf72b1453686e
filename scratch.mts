import { registryFrames, consumerFrames } from "./docs/kit/frames.ts"
console.log(await registryFrames()); console.log(); console.log(await consumerFrames())
