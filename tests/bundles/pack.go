package bundles

import (
	"bytes"
	"compress/flate"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash/crc32"
)

// Pack packs members in the one form of a bundle, whatever they say: what somebody
// does who knows the format and changes a bundle.
func Pack(names []string, members map[string][]byte) []byte {
	var out, directory bytes.Buffer
	little := binary.LittleEndian
	for _, name := range names {
		var packed bytes.Buffer
		z := must(flate.NewWriter(&packed, flate.BestCompression))
		must(z.Write(members[name]))
		if err := z.Close(); err != nil {
			panic(err)
		}
		method := byte(8)
		if name == "blinds.bin" || name == "ids.bin" { // nothing makes them shorter
			method = 0
			packed.Reset()
			packed.Write(members[name])
		}
		head := []byte{20, 0, 0, 0, method, 0, 0, 0, 0x21, 0}
		head = little.AppendUint32(head, crc32.ChecksumIEEE(members[name]))
		head = little.AppendUint32(head, uint32(packed.Len()))
		head = little.AppendUint32(head, uint32(len(members[name])))
		head = little.AppendUint32(head, uint32(len(name)))
		at := uint32(out.Len())
		out.WriteString("PK\x03\x04" + string(head) + name + packed.String())
		directory.WriteString("PK\x01\x02\x14\x00" + string(head) + string(make([]byte, 10)) + string(little.AppendUint32(nil, at)) + name)
	}
	end := little.AppendUint16([]byte("PK\x05\x06\x00\x00\x00\x00"), uint16(len(names)))
	end = little.AppendUint16(end, uint16(len(names)))
	end = little.AppendUint32(end, uint32(directory.Len()))
	end = little.AppendUint32(end, uint32(out.Len()))
	end = little.AppendUint16(end, 2*sha256.Size)
	out.Write(directory.Bytes())
	out.Write(end)
	sum := sha256.Sum256(out.Bytes())
	return append(out.Bytes(), hex.EncodeToString(sum[:])...)
}
