"""The same answer by FastAPI: key, window, signature, nonce in memory; the record is at hand and printed in its envelope."""

import hashlib
import hmac
import json
import os
import time
import uuid
from typing import Annotated

from fastapi import FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse

with open(os.environ["BENCH_KEY"], "rb") as file:
    KEY = json.load(file)
with open(os.environ["BENCH_BODY"], "rb") as file:
    ANSWER = json.load(file)
ACCESS_KEY, SECRET = KEY["accessKey"], KEY["accessSecret"]
WINDOW_MS = 600_000

app = FastAPI(openapi_url=None)
nonces = set()


def proven(access_key: str, timestamp: str, nonce: str, signature: str) -> bool:
    if access_key != ACCESS_KEY or abs(int(timestamp) - time.time() * 1000) > WINDOW_MS:
        return False
    signed = hashlib.md5((access_key + timestamp + nonce + SECRET).encode()).hexdigest().upper()
    if not hmac.compare_digest(signed, signature) or nonce in nonces:
        return False
    nonces.add(nonce)
    return True


@app.post("/{path:path}")
async def answer(
    request: Request,
    access_key: Annotated[str, Header()],
    timestamp: Annotated[str, Header()],
    nonce_str: Annotated[str, Header()],
    signature: Annotated[str, Header()],
):
    json.loads(await request.body())
    if not proven(access_key, timestamp, nonce_str, signature):
        return Response(status_code=401)
    return JSONResponse({**ANSWER, "requestId": uuid.uuid4().hex})
