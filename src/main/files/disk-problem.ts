import { CallError } from '../../ipc/rpc.ts'

const codeOf = (error: unknown): string => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** The disk takes nothing more, or nothing at all: going on would list every file as its own fault. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT', 'EROFS'].includes(codeOf(error))

/** A disk that does not work, whatever the file. */
export const isDisk = (error: unknown): boolean => isFull(error) || ['EACCES', 'EIO', 'EMFILE'].includes(codeOf(error))

/**
 * What a write to `place` failed with, in words that name it: `disk-full` or `not-written`. Anything that is no fault
 * of a disk comes back as it is.
 * @param safe a sentence on what is as it was
 */
export function diskProblem(error: unknown, place: string, safe: string): unknown {
  if (error instanceof CallError) return error
  const said = sentence(codeOf(error), place)
  return said === null ? error : new CallError(said.code, `${said.text} ${safe}`)
}

function sentence(code: string, place: string): { code: string; text: string } | null {
  const not = (text: string) => ({ code: 'not-written', text })
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'disk-full', text: `The disk of ${place} is full.` }
    case 'EROFS':
      return not(`The disk of ${place} can only be read, not written to.`)
    case 'EACCES':
    case 'EPERM':
      return not(`${place} may not be written to: permission denied.`)
    case 'EEXIST':
    case 'ENOTDIR':
      return not(`${place} cannot be made: a name on the way to it is a file.`)
    case 'ENOENT':
      return not(`${place} cannot be made: the folder that it should lie in is not there.`)
    case 'ENAMETOOLONG':
      return not(`${place} cannot be made: its name is too long for that disk.`)
    case 'EIO':
      return not(`The disk of ${place} could not write.`)
    default:
      return null
  }
}
