import { n as isLeftOver } from "./atomic-DKzHOsLe.js";
import { n as targetSegments } from "./safe-path-D5YnHQa1.js";
import { lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createHash } from "node:crypto";
import { threadId } from "node:worker_threads";
// src/main/files/write-files.ts
var FULL = /* @__PURE__ */ new Set([
	"ENOSPC",
	"EDQUOT",
	"EROFS"
]);
/** Threads count their temporary files apart, so that no two of them take one name. */
var A_THREAD = 1e9;
/**
* Writes files whole or not at all, and only over what is ours (SPEC X3 to X5). Blocks while it writes, so it belongs
* into a thread of its own. Whoever uses it reads the files again.
*/
var FilePut = class {
	#root;
	#folders = /* @__PURE__ */ new Map();
	#temporary = threadId * A_THREAD;
	constructor(root) {
		this.#root = root;
	}
	put(item) {
		try {
			return this.#put(item);
		} catch (error) {
			if (codeOf(error) !== "ENOENT") return failed(error);
			this.#folders.clear();
			try {
				return this.#put(item);
			} catch (again) {
				return failed(again);
			}
		}
	}
	#put({ path: below, bytes, sha256, modified, ours }) {
		const segments = targetSegments(below, process.platform);
		if (!segments.ok) return { problem: segments.error };
		const folder = this.#folder(segments.value.slice(0, -1));
		if (typeof folder !== "string") return folder;
		const file = path.join(folder, segments.value.at(-1) ?? "");
		const there = lstatSync(file, { throwIfNoEntry: false });
		if (there && !there.isFile()) return "other";
		const hash = there ? createHash("sha256").update(readFileSync(file)).digest("hex") : null;
		if (hash === sha256) return "same";
		if (hash !== null && !ours.includes(hash)) return "foreign";
		this.#write(folder, file, bytes, modified);
		return "written";
	}
	#write(folder, file, bytes, modified) {
		const temporary = path.join(folder, `.throughline-${process.pid}-${++this.#temporary}.tmp`);
		try {
			writeFileSync(temporary, bytes, { flag: "wx" });
			if (modified !== null) utimesSync(temporary, modified / 1e3, modified / 1e3);
			renameSync(temporary, file);
		} catch (error) {
			rmSync(temporary, { force: true });
			throw error;
		}
	}
	/** Made where it is missing; none on the way may be a link. */
	#folder(names) {
		const key = names.join("/");
		const known = this.#folders.get(key);
		if (known !== void 0) return known;
		const found = this.#open(names);
		this.#folders.set(key, found);
		return found;
	}
	#open(names) {
		const parent = names.length === 0 ? this.#root : this.#folder(names.slice(0, -1));
		if (typeof parent !== "string") return parent;
		const folder = names.length === 0 ? parent : path.join(parent, names.at(-1) ?? "");
		const there = lstatSync(folder, { throwIfNoEntry: false });
		if (!there) {
			mkdirSync(folder);
			return folder;
		}
		if (there.isSymbolicLink()) return { problem: "a folder on its path is a symbolic link" };
		if (!there.isDirectory()) return { problem: "a file stands where a folder of its path should be" };
		for (const name of readdirSync(folder)) if (isLeftOver(name)) rmSync(path.join(folder, name), { force: true });
		return folder;
	}
};
var codeOf = (error) => error instanceof Error && "code" in error ? String(error.code) : "";
var failed = (error) => FULL.has(codeOf(error)) ? "full" : { code: codeOf(error) };
/** Here: for tests, and where there is no thread. */
var writeHere = (root) => {
	const files = new FilePut(root);
	return {
		put: async (items) => items.map((item) => files.put(item)),
		end: () => {}
	};
};
export { writeHere as n, FilePut as t };
