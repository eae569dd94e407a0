import { g as errorCode, h as nodeDisk, p as codeOf, t as compact } from "./chunks/compact-2lZKimxu.js";
import { parentPort, workerData } from "node:worker_threads";
// src/main/journal/compact-worker.ts
/** A thread of main that makes one snapshot and ends: merging the updates of every note would block main's loop. */
async function work() {
	try {
		return { done: await compact(nodeDisk, workerData) };
	} catch (error) {
		return { code: codeOf(error) || errorCode(error) };
	}
}
parentPort?.postMessage(await work());
export {};
