// A stand-in for `interdict serve` while the pages are developed: the routes they use, answered by the command itself.
// node mock/server.mjs --binary ../target/debug/interdict --list demo [--port 8080]
import { execFile } from 'node:child_process';
import { createReadStream, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';

const options = Object.fromEntries(
  process.argv
    .slice(2)
    .join(' ')
    .split('--')
    .slice(1)
    .map((o) => o.trim().split(' ')),
);
const {
  binary = '../target/debug/interdict',
  list = 'demo',
  port = '8080',
  demo = '../crates/engine/data/demo',
} = options;
const run = promisify(execFile);
const scratch = mkdtempSync(join(tmpdir(), 'interdict-mock-'));
const jobs = new Map();

async function interdict(...args) {
  const { stdout } = await run(binary, [...args, '--format', 'json'], { maxBuffer: 1 << 28 });
  return JSON.parse(stdout);
}

function file(name, bytes) {
  const path = join(scratch, normalize(name).replace(/.*\//, '') || 'file');
  writeFileSync(path, bytes);
  return path;
}

/** A query goes as a file of one row, so that no property needs a flag of its own. */
async function screen(body) {
  const { query, threshold, limit } = body;
  const { name = [], birthDate = [], country = [], ...others } = query.properties;
  if (name.length && Object.keys(others).length === 0) {
    const flags = [
      query.schema && ['--schema', query.schema],
      birthDate[0] && ['--birth-date', birthDate[0]],
    ];
    flags.push(country[0] && ['--country', country[0]], threshold && ['--threshold', String(threshold)]);
    return interdict(
      'screen',
      name[0],
      ...flags.filter(Boolean).flat(),
      '--limit',
      String(limit ?? 10),
      '--list',
      list,
    );
  }
  const input = file(
    'query.jsonl',
    `${JSON.stringify({ id: 'query', schema: query.schema, properties: query.properties })}\n`,
  );
  const output = join(scratch, 'answer.jsonl');
  const more = [threshold ? ['--threshold', threshold] : [], limit ? ['--limit', limit] : []]
    .flat()
    .map(String);
  await run(binary, ['screen', '--input', input, '--output', output, '--list', list, ...more]);
  return JSON.parse(readFileSync(output, 'utf8'));
}

const ROUTES = [
  ['POST', /^\/v1\/screen$/, async ({ body }) => screen(JSON.parse(body))],
  [
    'POST',
    /^\/v1\/explain$/,
    async ({ body }) => {
      const { query, id } = JSON.parse(body);
      const { name = [], birthDate = [], country = [] } = query.properties;
      const flags = [
        query.schema ? ['--schema', query.schema] : [],
        birthDate.length ? ['--birth-date', birthDate[0]] : [],
      ];
      if (country.length) flags.push(['--country', country[0]]);
      return interdict('screen', name[0], ...flags.flat(), '--explain', id, '--list', list);
    },
  ],
  [
    'GET',
    /^\/v1\/lists$/,
    async () => {
      const shown = await interdict('lists', 'show', list);
      const parties = Object.values(shown.entities).reduce((a, b) => a + b, 0);
      const { dataset, version, sha256, source } = shown;
      return {
        lists: [{ name: list, dataset, version, sha256, parties, source, age_seconds: 11_400, stale: false }],
      };
    },
  ],
  [
    'GET',
    /^\/v1\/lists\/([^/]+)\/diff$/,
    async ({ parts, search }) => {
      const [from, to] = ['from', 'to']
        .map((end) => search.get(end))
        .map((at) => (at.startsWith('/') ? at : `${parts[0]}@${at}`));
      return interdict('lists', 'diff', from, to);
    },
  ],
  [
    'GET',
    /^\/v1\/lists\/([^/]+)\/versions$/,
    async ({ parts }) => {
      const log = await interdict('lists', 'log', parts[0]);
      const served = log.filter(({ event }) => event === 'activated').reverse();
      return {
        versions: served.map(({ at, by, version }) => ({
          ...version,
          version: `sha256:${version.sha256.slice(0, 12)}`,
          activated: at,
          by,
        })),
      };
    },
  ],

  [
    'GET',
    /^\/v1\/entities\/([^/]+)\/network$/,
    async ({ parts, search }) =>
      interdict(
        'network',
        parts[0],
        '--list',
        list,
        '--hops',
        search.get('hops') ?? '1',
        '--rule',
        search.get('rule') ?? 'ofac',
      ),
  ],
  [
    'GET',
    /^\/v1\/entities\/([^/]+)$/,
    async ({ parts }) => {
      const answer = await interdict('screen', 'nobody', '--explain', parts[0], '--list', list);
      const { id, caption, schema, datasets, list_version, properties } = answer.explained[0];
      return { id, caption, schema, datasets, referents: [], list_version, properties };
    },
  ],
  [
    'POST',
    /^\/v1\/network$/,
    async ({ search, bytes }) => {
      const path = file(search.get('name') ?? 'owners.csv', bytes);
      const party = search.get('party');
      return interdict(
        'network',
        ...(party ? [party] : []),
        path,
        '--list',
        list,
        '--rule',
        search.get('rule') ?? 'ofac',
      );
    },
  ],
  [
    'POST',
    /^\/v1\/documents$/,
    async ({ search, bytes }) => ({
      ...(await interdict('read', file(search.get('name') ?? 'text.txt', bytes), '--list', list)),
      text: bytes.toString('utf8'),
    }),
  ],
  [
    'POST',
    /^\/v1\/jobs$/,
    async ({ search, bytes }) => {
      const id = `job-${jobs.size + 1}`;
      const input = file(search.get('name') ?? 'customers.csv', bytes);
      const job = {
        id,
        name: search.get('name'),
        state: 'running',
        rows: 0,
        bytes: 0,
        of_bytes: bytes.length,
      };
      jobs.set(id, { ...job, with_results: 0, with_match: 0, failed: 0, output: `${input}.jsonl` });
      void run(binary, ['screen', '--input', input, '--output', `${input}.jsonl`, '--list', list]).then(
        () => {
          const lines = readFileSync(`${input}.jsonl`, 'utf8')
            .trim()
            .split('\n')
            .map((line) => JSON.parse(line));
          Object.assign(jobs.get(id), {
            state: 'done',
            rows: lines.length,
            bytes: bytes.length,
            with_results: lines.filter((line) => line.results.length).length,
            with_match: lines.filter((line) => line.results.some((hit) => hit.match)).length,
          });
        },
      );
      return jobs.get(id);
    },
  ],
  ['GET', /^\/v1\/jobs\/([^/]+)$/, async ({ parts }) => jobs.get(parts[0])],
  ['DELETE', /^\/v1\/jobs\/([^/]+)$/, async ({ parts }) => ({ removed: jobs.delete(parts[0]) })],
  [
    'GET',
    /^\/v1\/case$/,
    async () => {
      const output = join(scratch, 'case.jsonl');
      await run(binary, ['screen', '--input', `${demo}/customers.csv`, '--output', output, '--list', list]);
      return {
        chain: existsSync('/tmp/pg/chain.json')
          ? JSON.parse(readFileSync('/tmp/pg/chain.json', 'utf8'))
          : null,
        network: await interdict('network', 'ofac-33634', `${demo}/claims.jsonl`, '--list', list),
        report: {
          ...(await interdict('read', `${demo}/report.txt`, '--list', list)),
          text: readFileSync(`${demo}/report.txt`, 'utf8'),
        },
        customers: readFileSync(output, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line)),
      };
    },
  ],
];

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const job = /^\/v1\/jobs\/([^/]+)\/(events|results)$/.exec(url.pathname);
  if (job?.[2] === 'events') {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => {
      const state = jobs.get(job[1]);
      response.write(
        `event: ${state.state === 'done' ? 'end' : 'progress'}\ndata: ${JSON.stringify(state)}\n\n`,
      );
      if (state.state === 'done') {
        clearInterval(timer);
        response.end();
      }
    }, 200);
    return;
  }
  if (job) return void createReadStream(jobs.get(job[1]).output).pipe(response);
  const found = ROUTES.find(([method, path]) => method === request.method && path.test(url.pathname));
  if (found) {
    const parts = found[1].exec(url.pathname).slice(1).map(decodeURIComponent);
    try {
      const answer = await found[2]({ parts, search: url.searchParams, bytes, body: bytes.toString('utf8') });
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    } catch (error) {
      response.writeHead(400, { 'content-type': 'application/json', 'x-request-id': 'mock-1' });
      response.end(JSON.stringify({ detail: String(error.stderr ?? error).split('\n')[0] }));
    }
    return;
  }
  const path = join('dist', normalize(url.pathname));
  const send = existsSync(path) && extname(path) ? path : 'dist/index.html';
  response.writeHead(200, {
    'content-type': TYPES[extname(send)] ?? 'text/plain',
    'content-security-policy': "default-src 'self'",
  });
  createReadStream(send).pipe(response);
}).listen(Number(port), '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
