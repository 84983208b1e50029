"""Checks a bundle from README.txt alone: python3 verify.py BUNDLE. Standard library only."""
import base64, hashlib, io, json, re, sys, uuid, zipfile
from datetime import datetime, timedelta
z = zipfile.ZipFile(sys.argv[1])
text, sha = lambda name: z.read(name).decode(), lambda *parts: hashlib.sha256(b"".join(parts)).digest()
def node_at_edge(edge, leaf):  # step 4: edge is a list of (leaves, hash), the largest first
    edge.append((1, leaf))
    while len(edge) > 1 and edge[-1][0] == edge[-2][0]:
        (n, right), (_, left) = edge.pop(), edge.pop()
        edge.append((2 * n, sha(b"\1", left, right)))
lines = text("frontier.txt").split("\n\n")[0].split("\n")  # step 1
size, hashes = int(lines[1]), [base64.b64decode(h) for h in lines[2:] if h]
edge = [(1 << b, hashes.pop(0)) for b in range(62, -1, -1) if size >> b & 1]
shapes, events, kept, versions, now = [], [], [], {}, datetime(1970, 1, 1)
ids, blinds = io.BytesIO(z.read("ids.bin")), io.BytesIO(z.read("blinds.bin"))
def say(m):  # step 2: what an escape stands for
    c, of = m[1], lambda name: str(uuid.uuid5(uuid.UUID(row["command_id"]), name))
    if c in "-+": kept.append(str(uuid.UUID(bytes=ids.read(16))))
    if c in "iI": kept.append(of(spelt[i].split("-")[0] if keys[i] == "stream" else keys[i]))
    if c in "-+iI": return kept[-1] if c in "+I" else kept.pop()
    if c[0] == "<": return kept[kept.index(row["stream"][-36:]) - int(c[1:])]
    if c in "@v": return now.isoformat(timespec="milliseconds") + "Z" if c == "@" else str(versions.get(row["stream"], 0) + 1)
    return of(row["stream"] + " " + c[1]) if c[0] == "e" else kept[int(c)] if c.isdigit() else m[0]
for line in text("rows.txt").splitlines():
    if line[0] == "{":
        shapes.append((line.split("@"), re.findall(r'"(\w+)":"?@', line), {}))
        continue
    no, passed = line.split("\t")[0].split("+")
    (parts, keys, spelt), now, row = shapes[int(no)], now + timedelta(milliseconds=int(passed)), {}
    spelt.update((58 * len(more) + ord(place) - 65, new) for more, place, new in re.findall(r"\t(~*)(.)([^\t]*)", line))
    for i in sorted(range(len(keys)), key=lambda i: (keys[i] != "command_id", keys[i] != "stream", i)):
        row[keys[i]] = re.sub(r"\\(<?\d+|e\d|.)", say, spelt[i])
    facts = ("".join(p + row[k] for p, k in zip(parts, keys)) + parts[-1]).encode()
    node_at_edge(edge, sha(b"\0EVL1", len(facts).to_bytes(4, "big"), facts, blinds.read(32)))  # step 3
    events.append(json.loads(facts))
    versions[row.get("stream")] = events[-1].get("version", 0)
root = edge[-1][1]
for _, left in edge[-2::-1]: root = sha(b"\1", left, root)
_, signed_size, signed_root = text("checkpoint.note").split("\n")[:3]  # step 5
print("root", base64.b64encode(root).decode(), size + len(events) == int(signed_size) and root == base64.b64decode(signed_root))
for name in [n for n in z.namelist() if n.startswith("seals/")]:  # step 6
    seal = {l.split(" ")[0]: l.split(" ")[1:] for l in text(name).split("\n\n")[0].split("\n")}
    code, desk = seal["indicator"][0].split("@")
    rule = json.loads(text([n for n in z.namelist() if n.startswith("definitions/%s_" % code) and seal["definition"][1][:16] in n][0]))[-1]
    if rule["rule"] != "session" or desk[:2] != "D-": continue
    sessions, into, lead, days = {}, {}, {}, {}
    for e in events[:int(seal["known"][0])]:
        t, key = e["type"], e.get("consultation", (e.get("thread"), e.get("day", e["occurred_on"])))
        if t == "case.opened": lead[e["stream"]] = e["person"]
        if t == "case.consultation_held": sessions[key] = dict(e)
        if t == "case.message_day_logged": sessions[key] = dict(e, advice=int(e["inbound"] > 0), lead_person=lead[e["stream"]])
        if t == "case.consultation_amended": sessions.get(key, {})[e["field"]] = int(e["new"]) if e["field"] == "advice" else e.get("new", "")
        if t in ("case.consultation_voided", "case.message_day_voided"): sessions.pop(key, 0)
        if t in ("person.merged", "person.unmerged"): into[e["stream"][7:]] = e.get("into")
    resolve = lambda p: resolve(into[p]) if into.get(p) else p
    for s in sessions.values():
        if s.get("override") != "not_count" and (s["advice"] or s.get("override") == "count"):
            days.setdefault((resolve(s["lead_person"]), s["occurred_on"], s["desk"], s["channel"]), set()).update(s["categories"].split(","))
    value = sum(seal["period"][0] <= k[1] <= seal["period"][1] and k[2] == desk and bool({"all", *c} & set(rule["parameters"].get("categories", "all").split(","))) for k, c in days.items())
    print("value", seal["indicator"][0], *seal["period"], value, int(seal["value"][0]))
