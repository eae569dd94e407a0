import { t as FilePut } from "./chunks/write-files-DBTw7YES.js";
import { parentPort, workerData } from "node:worker_threads";
// src/main/files/write-worker.ts
var files = new FilePut(workerData);
parentPort?.on("message", (items) => {
	parentPort?.postMessage(items.map((item) => files.put(item)));
});
export {};
