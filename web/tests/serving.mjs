// Starts the real command for the walk, on ports of its own and with homes of its own.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const freePort = () =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

export class Servers {
  #running = [];
  scratch = mkdtempSync(join(tmpdir(), 'interdict-walk-'));

  constructor(binary) {
    this.binary = binary;
  }

  /** `interdict serve` with these flags; the address once it is ready. */
  async serve(flags, { home = join(this.scratch, 'home'), at, until = '/readyz' } = {}) {
    const port = await freePort();
    mkdirSync(home, { recursive: true });
    const env = { ...process.env, INTERDICT_HOME: home };
    const command = [this.binary, 'serve', '--listen', `127.0.0.1:${port}`, ...flags];
    if (at) command.unshift('faketime', '-f', `@${at}`);
    const child = spawn(command[0], command.slice(1), {
      env,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => (said += text));
    this.#running.push(child);
    const address = `http://127.0.0.1:${port}`;
    for (let tries = 0; tries < 150; tries += 1) {
      if (child.exitCode !== null) throw new Error(`interdict serve ${flags.join(' ')} ended:\n${said}`);
      const ready = await fetch(address + until).catch(() => null);
      if (ready?.ok) return address;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    throw new Error(`interdict serve ${flags.join(' ')} was not ready within 30 s:\n${said}`);
  }

  /** A file of keys with one that may do all of it, and that key. */
  key() {
    const scopes = ['screen', 'read', 'documents', 'batch'].flatMap((scope) => ['--scope', scope]);
    const made = spawnSync(this.binary, ['serve', 'key', '--name', 'walk', ...scopes], { encoding: 'utf8' });
    const file = join(this.scratch, 'keys.toml');
    writeFileSync(file, made.stdout);
    return { file, key: made.stderr.trim().split(/\s+/).at(-1) };
  }

  /**
   * A home with two versions of the embedded list: before the action of 18 November 2021, when two of its parties were
   * listed, and after it. With libfaketime the versions began on those days, else both began today.
   */
  installed(demo) {
    const [home, folder] = [join(this.scratch, 'installed'), join(this.scratch, 'ofac')];
    mkdirSync(folder, { recursive: true });
    const run = (day, ...args) => {
      const command = [this.binary, 'lists', ...args];
      if (this.#faketime()) command.unshift('faketime', '-f', `@${day} 18:00:00`);
      execFileSync(command[0], command.slice(1), {
        env: { ...process.env, INTERDICT_HOME: home },
        stdio: 'pipe',
      });
    };
    const rows = (file, keep) => readFileSync(join(demo, file), 'utf8').split('\n').filter(keep).join('\n');
    const early = (line) => /^2639[01],/.test(line) || line === '';
    const before = rows('sdn.csv', early).replace('HRIT-IR] [ELECTION-EO13848', 'HRIT-IR');
    writeFileSync(join(folder, 'sdn.csv'), before);
    writeFileSync(join(folder, 'add.csv'), rows('add.csv', early));
    run('2021-11-15', 'add', 'ofac_sdn', '--from', folder);
    for (const file of ['sdn.csv', 'alt.csv', 'add.csv']) cpSync(join(demo, file), join(folder, file));
    run('2021-11-18', 'update', 'ofac_sdn');
    return { home, at: this.#faketime() ? '2021-11-19 09:00:00' : undefined };
  }

  #faketime() {
    try {
      execFileSync('faketime', ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  }

  async stop() {
    // The group, for `faketime` waits for a child of its own.
    for (const { pid, exitCode } of this.#running)
      if (pid && exitCode === null) process.kill(-pid, 'SIGKILL');
    rmSync(this.scratch, { recursive: true, force: true });
  }
}
