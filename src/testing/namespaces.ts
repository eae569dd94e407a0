import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import process from 'node:process'

/** Computers on one switch, in network namespaces that no route leaves. */
export type Computers = {
  /** Runs a program on the computer `at`; its stdin ends when this process does. */
  run(at: number, program: string, args: readonly string[]): ChildProcess
  /** The cable between the computer `at` and the switch. `pulled`: the computer sees that it has no carrier. */
  cut(at: number, how?: 'pulled' | 'silent'): void
  heal(at: number): void
  /** All programs, then the namespaces. */
  end(): void
}

/** null where namespaces can be made, else the word of why not. */
export function whyNoNamespaces(): string | null {
  if (process.platform !== 'linux') return 'namespaces are Linux only'
  if (process.getuid?.() !== 0) return 'namespaces need root'
  const tried = spawnSync('unshare', ['--net', 'ip', 'link', 'add', 'br0', 'type', 'bridge'], { stdio: 'ignore' })
  return tried.status === 0 ? null : 'this machine makes no namespaces'
}

/**
 * Makes them. Each namespace lives as long as a process in it, and that process as long as its stdin is open: when the
 * test is killed, however hard, all of it is gone. Nothing is made, named or changed outside of them.
 */
export async function computersOnOneSwitch(count: number, family: 4 | 6 = 4): Promise<Computers> {
  const holders: ChildProcess[] = []
  const programs = new Set<ChildProcess>()
  const hold = async (): Promise<number> => {
    const holder = spawn('unshare', ['--net', 'sh', '-c', 'echo ready; exec cat >/dev/null'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    holders.push(holder)
    await new Promise((resolve, reject) => {
      holder.stdout?.once('data', resolve)
      holder.once('error', reject)
      holder.once('exit', () => reject(new Error('no namespace')))
    })
    if (holder.pid === undefined) throw new Error('no namespace')
    return holder.pid
  }
  const inside = (pid: number, ...command: string[]) =>
    execFileSync('nsenter', ['-t', String(pid), '-n', ...command], { stdio: ['ignore', 'ignore', 'pipe'] })

  const end = () => {
    for (const program of programs) program.kill('SIGKILL')
    for (const holder of holders) holder.stdin?.end()
  }
  try {
    const wall = await hold()
    inside(wall, 'ip', 'link', 'add', 'br0', 'type', 'bridge', 'mcast_snooping', '0', 'forward_delay', '0')
    inside(wall, 'ip', 'link', 'set', 'br0', 'up')
    const hosts: number[] = []
    for (let at = 0; at < count; at++) {
      const host = await hold()
      hosts.push(host)
      inside(wall, 'ip', 'link', 'add', `port${at}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', String(host))
      inside(wall, 'ip', 'link', 'set', `port${at}`, 'master', 'br0', 'up')
      inside(host, 'ip', 'link', 'set', 'lo', 'up')
      // An address that is asked about first is not there for a second or two.
      inside(host, 'ip', 'link', 'set', 'eth0', 'addrgenmode', 'none')
      inside(host, 'ip', 'link', 'set', 'eth0', 'up')
      if (family === 4) inside(host, 'ip', 'addr', 'add', `10.77.0.${at + 1}/24`, 'dev', 'eth0')
      else inside(host, 'ip', 'addr', 'add', `fe80::77:${at + 1}/64`, 'dev', 'eth0', 'nodad')
    }
    const hostOf = (at: number): number => {
      const host = hosts[at]
      if (host === undefined) throw new Error('there is no such computer')
      return host
    }
    return {
      run(at, program, args) {
        const command = ['-t', String(hostOf(at)), '-n', program, ...args]
        const made = spawn('nsenter', command, { stdio: ['pipe', 'pipe', 'inherit'] })
        programs.add(made)
        made.once('exit', () => programs.delete(made))
        return made
      },
      cut(at, how = 'silent') {
        if (how === 'pulled') inside(wall, 'ip', 'link', 'set', `port${at}`, 'down')
        else inside(wall, 'ip', 'link', 'set', `port${at}`, 'nomaster')
      },
      heal: (at) => inside(wall, 'ip', 'link', 'set', `port${at}`, 'master', 'br0', 'up'),
      end,
    }
  } catch (error) {
    end()
    throw error
  }
}
