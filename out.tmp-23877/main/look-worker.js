import { t as FileLook } from "./chunks/look-files-BQAL9Z6Z.js";
import { parentPort, workerData } from "node:worker_threads";
// src/main/files/look-worker.ts
var TELL_MS = 100;
var { root, paths } = workerData;
var look = new FileLook(root);
var seen = [];
var told = performance.now();
for (const below of paths) {
	seen.push(look.look(below));
	if (performance.now() - told < TELL_MS) continue;
	told = performance.now();
	parentPort?.postMessage({ done: seen.length });
}
parentPort?.postMessage({ seen });
export {};
