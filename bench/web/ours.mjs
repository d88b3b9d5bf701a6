/** The wizard's own client, worker and runtime, files checked and all, without its pictures. */
import { DiagnosisClient } from "./BUNDLE/diagnosis-client.mjs";

const client = new DiagnosisClient(new URL("./BUNDLE/bundle.json", import.meta.url), "en");
const turn = await client.turn([], "user");
Object.assign(globalThis, { turn: JSON.stringify(turn), took: performance.now() });
