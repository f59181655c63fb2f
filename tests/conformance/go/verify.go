// Verifies what a hub says of its log with code that shares nothing with it: notes and proofs are
// checked by golang.org/x/mod/sumdb, as the checksum database of Go is.
//
//	verify KEY CHECKPOINT PROOF...
//	verify -witness WITNESS KEY CHECKPOINT PROOF...
//
// KEY is the hub's audit.pub, CHECKPOINT what GET /v1/audit/checkpoint answered, and each PROOF what
// /v1/audit/inclusion or /consistency or `noroshi-hub audit prove` gave. Prints a line a proof, and
// fails at the first that does not hold. A proof for the size of the checkpoint must be about its
// root. With WITNESS, a line that `noroshi-subscribe witness init` printed, the checkpoint must be
// cosigned by it (C2SP tlog-cosignature, version 1).
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type head struct {
	size int64
	root tlog.Hash
}

type proof struct {
	Type      string
	LeafIndex int64     `json:"leaf_index"`
	TreeSize  int64     `json:"tree_size"`
	Root      tlog.Hash `json:"root"`
	LeafHash  tlog.Hash `json:"leaf_hash"`
	Size1     int64
	Size2     int64
	Root1     tlog.Hash
	Root2     tlog.Hash
	Proof     []tlog.Hash
}

func readKey(file string) (note.Verifier, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(strings.TrimSuffix(string(text), "\n"))
}

// A verifier of note's own making: what is signed is not the text but a message about it.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(w.key, []byte(message), signature[8:])
}

func readWitness(line string) (note.Verifier, error) {
	parts := strings.SplitN(line, "+", 3)
	if len(parts) != 3 {
		return nil, fmt.Errorf("not the key of a witness")
	}
	key, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(key) != 1+ed25519.PublicKeySize || key[0] != 4 {
		return nil, fmt.Errorf("not the key of a witness")
	}
	digest := sha256.Sum256(append([]byte(parts[0]+"\n"), key...))
	hash := binary.BigEndian.Uint32(digest[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, fmt.Errorf("its id is not of this key")
	}
	return witness{parts[0], hash, key[1:]}, nil
}

// Both the log and the witness have signed it.
func checkCosigned(file string, by note.Verifier) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	_, err = note.Open(text, note.VerifierList(by))
	return err
}

func readHead(file string, key note.Verifier) (head, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return head{}, err
	}
	opened, err := note.Open(text, note.VerifierList(key))
	if err != nil {
		return head{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 || lines[0] != key.Name() {
		return head{}, fmt.Errorf("%s: not a checkpoint of %s", file, key.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return head{}, err
	}
	root, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(root) != tlog.HashSize {
		return head{}, fmt.Errorf("%s: no root", file)
	}
	found := head{size: size}
	copy(found.root[:], root)
	return found, nil
}

func (p proof) isOf(signed head, size int64, root tlog.Hash) error {
	if size > signed.size || (size == signed.size && root != signed.root) {
		return fmt.Errorf("not of the log that was signed at %d", signed.size)
	}
	return nil
}

func check(file string, signed head) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var p proof
	if err := json.Unmarshal(text, &p); err != nil {
		return err
	}
	switch p.Type {
	case "inclusion":
		if err := p.isOf(signed, p.TreeSize, p.Root); err != nil {
			return err
		}
		return tlog.CheckRecord(p.Proof, p.TreeSize, p.Root, p.LeafIndex, p.LeafHash)
	case "consistency":
		if err := p.isOf(signed, p.Size2, p.Root2); err != nil {
			return err
		}
		return tlog.CheckTree(p.Proof, p.Size2, p.Root2, p.Size1, p.Root1)
	}
	return fmt.Errorf("neither inclusion nor consistency")
}

func fail(where string, err error) {
	fmt.Fprintf(os.Stderr, "%s: %v\n", where, err)
	os.Exit(1)
}

func main() {
	args := os.Args[1:]
	if len(args) >= 4 && args[0] == "-witness" {
		by, err := readWitness(args[1])
		if err != nil {
			fail(args[1], err)
		}
		if err := checkCosigned(args[3], by); err != nil {
			fail(args[3], err)
		}
		args = args[2:]
	}
	if len(args) < 2 {
		fmt.Fprintln(os.Stderr, "usage: verify [-witness WITNESS] KEY CHECKPOINT PROOF...")
		os.Exit(2)
	}
	key, err := readKey(args[0])
	if err != nil {
		fail(args[0], err)
	}
	signed, err := readHead(args[1], key)
	if err != nil {
		fail(args[1], err)
	}
	for _, file := range args[2:] {
		if err := check(file, signed); err != nil {
			fail(file, err)
		}
		fmt.Println("ok")
	}
}
