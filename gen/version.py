"""The version, said once: packaging, `--version` and manifests read it here."""

VERSION = "0.1.0"
