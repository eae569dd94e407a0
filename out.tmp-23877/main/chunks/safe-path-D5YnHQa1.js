import { n as ok, t as err } from "./result-Bn5GkYX4.js";
// src/main/files/safe-path.ts
var NOT_ON_WINDOWS = /[\u0000-\u001f<>:"\\|?*]|[. ]$/;
var RESERVED_ON_WINDOWS = /^(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\.|$)/i;
var LONE_SURROGATE = /\p{Surrogate}/u;
var MARKDOWN = /\.(?:md|markdown)$/i;
var MAX_NAME_BYTES = 255;
/**
* The names that lead to a file of a vault inside a folder of this platform; a reason where it cannot lie there.
* Each name that comes back is one plain entry of a folder: joined to any folder, it stays inside.
* @param path with `/`, as notes and attachments have it
*/
function targetSegments(path, platform) {
	const segments = path.split("/");
	for (const [n, name] of segments.entries()) {
		if (name === "") return err("its path has an empty name in it");
		const isFile = n === segments.length - 1;
		if (name.startsWith(".") && !(isFile && MARKDOWN.test(name))) return err("its path leads through a hidden name");
		if (name.includes("\0")) return err("its path has a NUL in it");
		if (Buffer.byteLength(name) > MAX_NAME_BYTES) return err("a name in its path is longer than 255 bytes");
		if (LONE_SURROGATE.test(name)) return err("its path is not valid Unicode");
		if (platform === "win32" && (NOT_ON_WINDOWS.test(name) || RESERVED_ON_WINDOWS.test(name))) return err("Windows cannot hold a name in its path");
	}
	return ok(segments);
}
/** Paths that a disk which folds case and Unicode form would keep in one place have one key. */
var collisionKey = (path, foldsCase) => foldsCase ? path.normalize("NFC").toLowerCase() : path;
export { targetSegments as n, collisionKey as t };
