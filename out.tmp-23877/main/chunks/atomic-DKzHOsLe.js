import path from "node:path";
import { mkdir, open, readdir, rename, rm } from "node:fs/promises";
// src/main/store/atomic.ts
var lastTemporary = 0;
/** A name beside `file` that no other writer uses. It starts with a dot, so that no scan takes it for a note. */
var temporaryBeside = (file) => path.join(path.dirname(file), `.throughline-${process.pid}-${++lastTemporary}.tmp`);
var TEMPORARY = /^\.throughline-(\d+)-\d+\.tmp$/;
/** Whether a file of this name was being written by a process that is no more. */
function isLeftOver(name) {
	const pid = Number(TEMPORARY.exec(name)?.[1] ?? process.pid);
	return pid !== process.pid && !isAlive(pid);
}
/** Removes the temporary files in a folder whose writer was killed. One that cannot be removed stays. */
async function removeLeftOvers(folder) {
	for (const name of await readdir(folder).catch(() => [])) if (isLeftOver(name)) await rm(path.join(folder, name), { force: true }).catch(() => {});
}
/** Whether a process of this computer runs under this number. */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error.code === "EPERM";
	}
}
/**
* Replaces `file` whole: temporary file, fsync, rename. A crash leaves the old content or the new, never half.
* Throws what the file system throws.
*/
async function writeAtomic(file, content, mode = 384) {
	await mkdir(path.dirname(file), { recursive: true });
	const temporary = temporaryBeside(file);
	try {
		const handle = await open(temporary, "wx", mode);
		try {
			await handle.writeFile(content);
			await handle.sync();
		} finally {
			await handle.close();
		}
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
	await syncFolder(path.dirname(file));
}
/** Makes a rename in `folder` outlive a power cut. Windows has no such call. */
async function syncFolder(folder) {
	if (process.platform === "win32") return;
	const handle = await open(folder, "r");
	try {
		await handle.sync();
	} finally {
		await handle.close();
	}
}
export { temporaryBeside as a, syncFolder as i, isLeftOver as n, writeAtomic as o, removeLeftOvers as r, isAlive as t };
