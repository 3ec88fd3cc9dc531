import { spawn } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { claimInstance, type Instance } from '../../../main/host/single-instance.ts'
import { tempFolder } from '../../support/temp-folder.ts'
import { until } from '../../support/until.ts'

async function first(folder: string) {
  const given: string[][] = []
  const instance = await claimInstance(folder, [], (args) => given.push(args))
  if (instance.kind === 'first') onTestFinished(() => instance.release())
  return { instance, given }
}

describe('two starts on one data folder', () => {
  it('the second hands its arguments to the first and is not one', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    const second: Instance = await claimInstance(folder, ['--call', '13800138000'], () => {})
    expect(second.kind).toBe('second')
    expect(given).toEqual([['--call', '13800138000']])
  })

  it('at the same moment end as one first', async () => {
    const folder = tempFolder()
    const both = await Promise.all([claimInstance(folder, ['a'], () => {}), claimInstance(folder, ['b'], () => {})])
    expect(both.map((instance) => instance.kind).toSorted()).toEqual(['first', 'second'])
    for (const instance of both) if (instance.kind === 'first') await instance.release()
  })

  it('what a killed one left behind is in nobody’s way', async () => {
    const folder = tempFolder()
    const code = `import { claimInstance } from './main/host/single-instance.ts'; await claimInstance(${JSON.stringify(folder)}, [], () => {}); process.stdout.write('up'); setInterval(() => {}, 1000)`
    const killed = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
    let up = false
    killed.stdout.on('data', () => { up = true })
    await until(() => up, 'the first one')
    killed.kill('SIGKILL')
    await new Promise((resolve) => { killed.once('close', resolve) })
    expect(existsSync(join(folder, 'instance.sock'))).toBe(true)
    expect((await first(folder)).instance.kind).toBe('first')
  })

  it('one that is there and does not answer is never taken for dead: its socket stays', async () => {
    const folder = tempFolder()
    const silent = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => { silent.listen(join(folder, 'instance.sock'), resolve) })
    onTestFinished(() => new Promise((resolve) => { silent.close(() => resolve()) }))
    await expect(claimInstance(folder, [], () => {})).rejects.toThrow('neither answers nor ends')
    expect(existsSync(join(folder, 'instance.sock'))).toBe(true)
  })

  it('arguments that the first does not take are said so to who gave them', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    await expect(claimInstance(folder, ['x'.repeat(700)], () => {})).rejects.toThrow('did not take')
    expect(given).toEqual([])
  })

  it('takes nothing but a short list of short texts', async () => {
    const folder = tempFolder()
    const { given } = await first(folder)
    for (const text of ['nonsense\n', '{}\n', `${JSON.stringify(['x'.repeat(700)])}\n`, `${JSON.stringify(Array.from({ length: 30 }, () => 'x'))}\n`, '[1]\n', 'x'.repeat(10_000)]) {
      await new Promise((resolve) => {
        const socket = connect(join(folder, 'instance.sock'), () => socket.write(text))
        socket.on('data', () => socket.end())
        socket.on('close', resolve)
        socket.on('error', resolve)
      })
    }
    expect(given).toEqual([])
  })

  it('says what to do where a folder cannot be used', async () => {
    const folder = tempFolder()
    writeFileSync(join(folder, 'file'), '')
    await expect(claimInstance(join(folder, 'file', 'x'), [], () => {})).rejects.toThrow(/ENOTDIR|ENOENT|EACCES/)
  })
})
