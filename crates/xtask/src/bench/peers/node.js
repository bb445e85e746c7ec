// The same answer by Node's own http module, one process a core: key, window, signature, nonce in memory, prepared bytes.
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
  const body = fs.readFileSync(process.env.BENCH_BODY);
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
    request.resume().on("end", () => {
      if (!proven(request.headers)) {
        response.writeHead(401).end();
        return;
      }
      response.writeHead(200, { "content-type": "application/json; charset=utf-8", "content-length": body.length });
      response.end(body);
    });
  });
  server.keepAliveTimeout = 600000;
  server.listen(Number(process.env.BENCH_PORT), "127.0.0.1");
}
