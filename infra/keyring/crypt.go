package keyring

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
	"fmt"
)

func gcm(key []byte) (cipher.AEAD, error) {
	b, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(b)
}

// seal answers nonce ‖ ciphertext ‖ tag under a random nonce.
func seal(c cipher.AEAD, plain, aad []byte) []byte {
	nonce := make([]byte, c.NonceSize(), c.NonceSize()+len(plain)+c.Overhead())
	rand.Read(nonce)
	return c.Seal(nonce, nonce, plain, aad)
}

func open(c cipher.AEAD, box, aad []byte) ([]byte, error) {
	n := c.NonceSize()
	if len(box) < n+c.Overhead() {
		return nil, errors.New("too short")
	}
	return c.Open(nil, box[:n], box[n:], aad)
}

// wrapAAD binds a wrapped key to its owner and epoch: records cannot be exchanged.
func wrapAAD(owner string, epoch int64) []byte {
	return fmt.Appendf(nil, "person key\n%d\n%s", epoch, owner)
}
