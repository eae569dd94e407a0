import type { ElectronApplication } from '@playwright/test'

/** Answers the system's folder dialog, the only thing here that no test can click. Null: the person cancels. */
export async function answerFolderDialog(electron: ElectronApplication, folder: string | null): Promise<void> {
  await electron.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({ canceled: chosen === null, filePaths: chosen === null ? [] : [chosen] })
  }, folder)
}
