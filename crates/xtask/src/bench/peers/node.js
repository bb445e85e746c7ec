// The same answer by Node's own http module, one process a core: key, window, signature, nonce in memory; the record is at
// hand and printed in its envelope.
"use strict";

const cluster = require("node:cluster");
const crypto = require("node:crypto");
const fs = require("node:fs");
const http = require("node:http");
const os = require("node:os");

const WINDOW_MS = 600000;

if (cluster.isPrimary) {
  os.cpus().forEach(() => cluster.fork());
  process.on("SIGTERM", () => process.exit(0));
} else {
  const { accessKey, accessSecret } = JSON.parse(fs.readFileSync(process.env.BENCH_KEY));
  // Numbers beyond 2^53 are kept as texts: this language has no others.
  const quoted = (token) => (token.startsWith('"') ? token : `"${token}"`);
  const text = fs.readFileSync(process.env.BENCH_BODY, "utf8").replace(/"(?:[^"\\]|\\.)*"|\d{16,}/g, quoted);
  const record = JSON.parse(text);
  const nonces = new Set();
  const proven = (headers) => {
    const { timestamp = "", "nonce-str": nonce = "", signature = "" } = headers;
    if (headers["access-key"] !== accessKey || Math.abs(Number(timestamp) - Date.now()) > WINDOW_MS) return false;
    const signed = crypto.createHash("md5").update(accessKey + timestamp + nonce + accessSecret).digest();
    const given = Buffer.from(signature, "hex");
    if (given.length !== signed.length || !crypto.timingSafeEqual(given, signed) || nonces.has(nonce)) return false;
    nonces.add(nonce);
    return true;
  };
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      JSON.parse(Buffer.concat(parts));
      if (!proven(request.headers)) {
        response.writeHead(401).end();
        return;
      }
      const answer = { ...record, requestId: crypto.randomBytes(16).toString("hex") };
      const body = Buffer.from(JSON.stringify(answer));
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": body.length });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 600000;
  server.listen(Number(process.env.BENCH_PORT), "127.0.0.1");
}
