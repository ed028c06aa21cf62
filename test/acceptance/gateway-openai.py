"""Speaks with a gateway through the official OpenAI client and prints what it saw as JSON.

    python gateway-openai.py http://127.0.0.1:7411/v1
"""

import json
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1], api_key="none", max_retries=0)
asked = [{"role": "user", "content": "What is a gate?"}]


def status_of(**request) -> int:
    """The status with which the gateway refuses the request; 200 when it does not."""
    try:
        client.chat.completions.create(**request)
    except openai.APIStatusError as error:
        assert error.body["message"] and error.code and error.response.headers["x-request-id"]
        return error.status_code
    return 200


whole = client.chat.completions.create(model="towpath", messages=asked)
streamed = "".join(
    chunk.choices[0].delta.content or ""
    for chunk in client.chat.completions.create(model="towpath", messages=asked, stream=True)
)
chunks = list(
    client.chat.completions.create(
        model="tiny", messages=asked, max_tokens=8, stream=True, stream_options={"include_usage": True}
    )
)
print(
    json.dumps(
        {
            "models": [model.id for model in client.models.list()],
            "same": streamed == whole.choices[0].message.content,
            "citations": bool(whole.model_extra["towpath"]["citations"]),
            "finish": chunks[-2].choices[0].finish_reason,
            "tokens": chunks[-1].usage.completion_tokens,
            "missing": status_of(model="nope", messages=asked),
            "empty": status_of(model="towpath", messages=[{"role": "user", "content": ""}]),
        }
    )
)
