// npm run bench [-- backend|engines] : figures beside a named peer, measured in one run. Nothing here passes or fails.
import { benchBackend } from "./backend.mts";
import { benchEngines } from "./engines.mts";

const only = process.argv[2];
console.log(`Node ${process.version} on ${process.platform}; ratios in brackets: how many times longer than ours\n`);
if (only !== "engines") await benchBackend(4000);
if (only !== "backend") benchEngines([10, 100, 1000]);
