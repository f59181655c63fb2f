// Verifies what a hub says of its log with code that shares nothing with it: notes and proofs are
// checked by golang.org/x/mod/sumdb, as the checksum database of Go is.
//
//	verify KEY CHECKPOINT PROOF...
//
// KEY is the hub's audit.pub, CHECKPOINT what GET /v1/audit/checkpoint answered, and each PROOF what
// /v1/audit/inclusion or /consistency or `noroshi-hub audit prove` gave. Prints a line a proof, and
// fails at the first that does not hold. A proof for the size of the checkpoint must be about its
// root.
package main

import (
	"encoding/base64"
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
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: verify KEY CHECKPOINT PROOF...")
		os.Exit(2)
	}
	key, err := readKey(os.Args[1])
	if err != nil {
		fail(os.Args[1], err)
	}
	signed, err := readHead(os.Args[2], key)
	if err != nil {
		fail(os.Args[2], err)
	}
	for _, file := range os.Args[3:] {
		if err := check(file, signed); err != nil {
			fail(file, err)
		}
		fmt.Println("ok")
	}
}
