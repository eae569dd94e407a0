import { n as targetSegments } from "./safe-path-D5YnHQa1.js";
import { closeSync, fstatSync, lstatSync, openSync, readFileSync, readSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
// src/main/files/look-files.ts
var PIECE = 1 << 20;
var WHOLE = 4 << 20;
/**
* Looks at files one by one, without a way out of the folder: no link is followed. Blocks while it reads, which for
* ten thousand notes costs a fifth of what asking for each of them does; so it belongs into a thread of its own.
*/
var FileLook = class {
	#root;
	#folders = /* @__PURE__ */ new Map();
	constructor(root) {
		this.#root = root;
	}
	look(below) {
		const segments = targetSegments(below, process.platform);
		if (!segments.ok || !this.#isPlain(segments.value.slice(0, -1))) return null;
		const file = path.join(this.#root, ...segments.value);
		try {
			const found = lstatSync(file, { throwIfNoEntry: false });
			if (!found) return null;
			if (!found.isFile()) return "other";
			const { size, mtimeMs: modified } = found;
			return {
				sha256: size < WHOLE ? hashWhole(file) : hashPieces(file),
				size,
				modified
			};
		} catch {
			return null;
		}
	}
	#isPlain(names) {
		if (names.length === 0) return true;
		const key = names.join("/");
		const known = this.#folders.get(key);
		if (known !== void 0) return known;
		const folder = path.join(this.#root, ...names);
		const isPlain = this.#isPlain(names.slice(0, -1)) && lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
		this.#folders.set(key, isPlain);
		return isPlain;
	}
};
var hashWhole = (file) => createHash("sha256").update(readFileSync(file)).digest("hex");
function hashPieces(file) {
	const hash = createHash("sha256");
	const handle = openSync(file, "r");
	try {
		const buffer = Buffer.allocUnsafe(PIECE);
		for (let left = fstatSync(handle).size; left > 0;) {
			const read = readSync(handle, buffer);
			if (read === 0) break;
			hash.update(buffer.subarray(0, read));
			left -= read;
		}
		return hash.digest("hex");
	} finally {
		closeSync(handle);
	}
}
var AT_ONCE = 16;
/** Here, a few files at a time: for tests, and where there is no thread. */
var lookHere = async ({ root, paths }, { signal, onProgress }) => {
	const look = new FileLook(root);
	const seen = [];
	for (const below of paths) {
		if (signal.aborted) break;
		seen.push(look.look(below));
		if (seen.length % AT_ONCE !== 0) continue;
		onProgress(seen.length);
		await new Promise((resolve) => setImmediate(resolve));
	}
	return seen;
};
export { lookHere as n, FileLook as t };
