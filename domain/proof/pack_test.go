package proof

import "bytes"

// packed remembers how a member was packed: most are packed again and again.
var packed = map[string]struct {
	m     member
	bytes []byte
}{}

// Pack packs members as the product does, whatever they are.
func Pack(names []string, members map[string][]byte) []byte {
	var b bytes.Buffer
	p, done := newPacker(&b)
	for _, name := range names {
		body := members[name]
		have, ok := packed[name+string(body)]
		if !ok {
			from := b.Len()
			if err := p.addBytes(name, body); err != nil {
				panic(err)
			}
			have.m, have.bytes = *p.members[len(p.members)-1], bytes.Clone(b.Bytes()[from:])
			if len(packed) < 100 {
				packed[name+string(body)] = have
			}
			continue
		}
		if _, err := p.to.Write(have.bytes); err != nil {
			panic(err)
		}
		p.members, p.written = append(p.members, &have.m), p.written+int64(len(have.bytes))
	}
	if err := done(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
