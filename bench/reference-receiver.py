# A straightforward receiver, as one writes it with requests: to compare with.
import json
import sys

import requests

response = requests.get(sys.argv[1], stream=True, headers={"Accept": "text/event-stream"})
for line in response.iter_lines(chunk_size=1, decode_unicode=True):
    if line and line.startswith("data: "):
        message = json.loads(line[len("data: "):])
        if "msg_type" in message:
            print(json.dumps(message))
