let electron = require("electron");
// src/preload/index.ts
electron.contextBridge.exposeInMainWorld("throughline", {
	requestPort: (kind) => electron.ipcRenderer.send("throughline:request-port", String(kind)),
	pathForFile: (file) => {
		const path = electron.webUtils.getPathForFile(file);
		if (path !== "") electron.ipcRenderer.send("throughline:dropped", path);
		return path;
	}
});
electron.ipcRenderer.on("throughline:port", (event, kind) => {
	window.postMessage({ throughlinePort: kind }, location.origin, [...event.ports]);
});
