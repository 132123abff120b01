// The Model Context Protocol's own SDK against us: handshake, tools, a call with its explanation, and who is kept out.

import assert from "node:assert/strict";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const address = new URL("/mcp", process.argv[2]);

async function connected(init) {
  const client = new Client({ name: "interdict-tests", version: "1" });
  await client.connect(new StreamableHTTPClientTransport(address, init));
  return client;
}

const checks = {
  async "the handshake says who we are"(client) {
    assert.equal(client.getServerVersion().name, "interdict");
    assert.ok(client.getServerCapabilities().tools);
    assert.match(client.getInstructions(), /never a verdict/);
    await client.ping();
  },

  async "the tool is listed with its schema"(client) {
    const { tools } = await client.listTools();
    assert.deepEqual(tools.map((tool) => tool.name), ["screen"]);
    assert.equal(tools[0].inputSchema.properties.birthDate.type, "string");
    assert.equal(tools[0].annotations.readOnlyHint, true);
  },

  async "the seven are found, each with an explanation"(client) {
    const parties = [
      [{ name: "Seyed Mohammad Hossein Mousa Kazemi", birthDate: "1997-06-18" }, "ofac-33495"],
      [{ name: "Sayyed Mehdi Hashemi Toghroljerdi" }, "ofac-33497"],
      [{ name: "Mohammad Baqer Shinrakar", schema: "Person", countries: ["Iran"] }, "ofac-26391"],
      [{ name: "Sajad Kashian" }, "ofac-33496"],
      [{ name: "Mostafa Sarmady", birthDate: "1987-08-22" }, "ofac-33493"],
      [{ name: "Hossein Akbari Nodeh" }, "ofac-33494"],
      [{ name: "Emen Net Pasargad", schema: "Company" }, "ofac-33634"],
    ];
    for (const [party, expected] of parties) {
      const answer = await client.callTool({ name: "screen", arguments: party });
      const top = answer.structuredContent.results[0];
      assert.equal(top.id, expected);
      assert.equal(top.match, true);
      assert.ok(top.explanation.rows.length > 0);
      assert.match(top.explanation.sentence, /^".*" matches ".*": score|^".*" matches /);
      assert.equal(answer.content[0].type, "text");
      assert.ok(answer.content[0].text.includes(expected));
    }
  },

  async "a number alone, and a stranger"(client) {
    const byNumber = await client.callTool({ name: "screen", arguments: { identifiers: ["0067948431"] } });
    assert.equal(byNumber.structuredContent.results[0].basis, "identifier");
    const stranger = await client.callTool({ name: "screen", arguments: { name: "Anna Lindqvist" } });
    assert.equal(stranger.structuredContent.total, 0);
    assert.match(stranger.content[0].text, /^Nobody/);
  },

  async "what makes no sense is an error that a model can read"(client) {
    for (const [party, words] of [[{}, /neither a name/], [{ fullName: "x" }, /unknown field/], [{ name: "Jane Doe", list: "eu_fsf" }, /No such dataset/]]) {
      const answer = await client.callTool({ name: "screen", arguments: party });
      assert.equal(answer.isError, true);
      assert.match(answer.content[0].text, words);
    }
    await assert.rejects(client.callTool({ name: "shred", arguments: {} }), /no tool shred/);
  },

  async "pages of others are kept out"() {
    await assert.rejects(connected({ requestInit: { headers: { Origin: "http://evil.example" } } }), /another site|403|Forbidden/i);
  },

  async "no stream is offered, no nonsense taken"() {
    const headers = { accept: "application/json, text/event-stream", "content-type": "application/json" };
    assert.equal((await fetch(address, { headers: { accept: "text/event-stream" } })).status, 405);
    const broken = await fetch(address, { method: "POST", headers, body: "{" });
    assert.ok(broken.status >= 400 && broken.status < 500, String(broken.status));
    const large = await fetch(address, { method: "POST", headers, body: JSON.stringify({ x: "y".repeat(100_000) }) });
    assert.equal(large.status, 413);
  },
};

const client = await connected();
let failed = 0;
for (const [name, check] of Object.entries(checks)) {
  try {
    await check(client);
  } catch (error) {
    failed += 1;
    console.log(`mcp: ${name} failed: ${error.message}`);
  }
}
await client.close();
console.log(`mcp: ${Object.keys(checks).length - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
