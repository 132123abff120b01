// Node 20 does not read TypeScript: Vite, which is here anyway, does it for the unit tests.
import { runnerImport } from 'vite';

await runnerImport(new URL('unit/lib.test.ts', import.meta.url).pathname, {
  configFile: false,
  logLevel: 'error',
});
