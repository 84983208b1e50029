"""Checks a bundle from README.txt alone: python3 verify.py BUNDLE. Standard library only."""
import base64, hashlib, json, re, sys, uuid, zipfile
z = zipfile.ZipFile(sys.argv[1])
text = lambda name: z.read(name).decode()
sha = lambda *parts: hashlib.sha256(b"".join(parts)).digest()
def node_at_edge(edge, leaf):
    """Step 4: edge is a list of (leaves, hash), the largest first."""
    edge.append((1, leaf))
    while len(edge) > 1 and edge[-1][0] == edge[-2][0]:
        (n, right), (_, left) = edge.pop(), edge.pop()
        edge.append((2 * n, sha(b"\1", left, right)))
lines = text("frontier.txt").split("\n\n")[0].split("\n")  # step 1
size, hashes = int(lines[1]), [base64.b64decode(h) for h in lines[2:] if h]
edge = [(1 << b, hashes.pop(0)) for b in range(62, -1, -1) if size >> b & 1]
shapes, last, events = [], [], []
for line in text("rows.txt").splitlines():  # step 2
    if line[0] == "{":
        shapes.append(line.split("@"))
        last.append([None] * line.count("@"))
        continue
    priv, no, *values = line.split("\t")
    parts, old = shapes[int(no)], last[int(no)]
    values = [o if v == "" else "" if v == r"\0" else v for v, o in zip(values, old)]
    keys = [re.search(r'"(\w+)":"?$', p).group(1) for p in parts[:-1]]
    row = dict(zip(keys, values))
    name = lambda k, v: k if v == r"\i" else row["stream"] + " " + v[2]
    values = [str(uuid.uuid5(uuid.UUID(row["command_id"]), name(k, v))) if v[:2] in (r"\i", r"\e") else v for k, v in zip(keys, values)]
    last[int(no)] = values
    facts = ("".join(p + v for p, v in zip(parts, values)) + parts[-1]).encode()
    leaf = b"EVL1" + len(facts).to_bytes(4, "big") + facts + base64.b64decode(priv + "=")  # step 3
    node_at_edge(edge, sha(b"\0", leaf))
    events.append(json.loads(facts))
root = edge[-1][1]
for _, left in edge[-2::-1]:
    root = sha(b"\1", left, root)
_, signed_size, signed_root = text("checkpoint.note").split("\n")[:3]  # step 5
print("root", base64.b64encode(root).decode(), size + len(events) == int(signed_size) and root == base64.b64decode(signed_root))
for name in [n for n in z.namelist() if n.startswith("seals/")]:  # step 6
    seal = {l.split(" ")[0]: l.split(" ")[1:] for l in text(name).split("\n\n")[0].split("\n")}
    code, desk = seal["indicator"][0].split("@")
    rule = json.loads(text([n for n in z.namelist() if n.startswith("definitions/%s_" % code) and seal["definition"][1][:16] in n][0]))[-1]
    if rule["rule"] != "session" or desk[:2] != "D-": continue
    sessions, into, lead = {}, {}, {}
    for e in events[:int(seal["known"][0])]:
        t, key = e["type"], e.get("consultation", (e.get("thread"), e.get("day", e["occurred_on"])))
        if t == "case.opened": lead[e["stream"]] = e["person"]
        if t == "case.consultation_held": sessions[key] = dict(e)
        if t == "case.message_day_logged": sessions[key] = dict(e, advice=int(e["inbound"] > 0), lead_person=lead[e["stream"]])
        if t == "case.consultation_amended": sessions[key][e["field"]] = int(e["new"]) if e["field"] == "advice" else e.get("new", "")
        if t in ("case.consultation_voided", "case.message_day_voided"): sessions[key]["voided"] = 1
        if t == "person.merged": into[e["stream"][7:]] = e["into"]
        if t == "person.unmerged": into.pop(e["stream"][7:], None)
    resolve = lambda p: resolve(into[p]) if p in into else p
    days = {}
    for s in sessions.values():
        if "voided" not in s and s.get("override") != "not_count" and (s["advice"] or s.get("override") == "count"):
            days.setdefault((resolve(s["lead_person"]), s["occurred_on"], s["desk"], s["channel"]), set()).update(s["categories"].split(","))
    want = rule["parameters"].get("categories", "all").split(",")
    value = sum(seal["period"][0] <= k[1] <= seal["period"][1] and k[2] == desk and (want == ["all"] or bool(c & set(want))) for k, c in days.items())
    print("value", seal["indicator"][0], *seal["period"], value, int(seal["value"][0]))
