// npm run bench [-- backend|decisions|engines] : figures beside a named peer where there is one, measured in one run.
// Nothing here passes or fails.
import { benchBackend } from "./backend.mts";
import { benchDecisions } from "./decisions.mts";
import { benchEngines } from "./engines.mts";

const only = process.argv[2];
const wanted = (name: string): boolean => only === undefined || only === name;
console.log(`Node ${process.version} on ${process.platform}; ratios in brackets: how many times longer than ours\n`);
if (wanted("decisions")) benchDecisions();
if (wanted("backend")) await benchBackend(4000);
if (wanted("engines")) benchEngines([10, 100, 1000]);
