#!/bin/sh
# Makes the certificates and keys of this directory anew (OpenSSL 3). They protect nothing: the keys are public.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cat > "$work/ca.cnf" <<END
[ca]
default_ca = here
[here]
database = $work/index
new_certs_dir = $work
rand_serial = yes
policy = any
default_md = sha256
unique_subject = no
[any]
commonName = supplied
END
: > "$work/index"

key() { # name, then arguments of openssl genpkey
    name=$1
    shift
    openssl genpkey "$@" -out "$name.key" 2>/dev/null
}

# Signs a certificate that is valid from 2020 on.
sign() { # name, subject, extensions, end, digest, then further arguments of openssl ca
    name=$1 subject=$2 extensions=$3 end=$4 digest=$5
    shift 5
    openssl req -new -key "$name.key" -subj "$subject" -out "$work/csr"
    printf '%b\n' "$extensions" > "$work/extensions"
    openssl ca -batch -notext -config "$work/ca.cnf" -in "$work/csr" -out "$name.crt" -extfile "$work/extensions" \
        -startdate 20200101000000Z -enddate "$end" -md "$digest" "$@" 2>/dev/null
}

far=21200101000000Z
local=subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1

authority() { # name
    key "$1" -algorithm EC -pkeyopt ec_paramgen_curve:P-256
    sign "$1" "/CN=PgReel test authority $1" "basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash" $far sha256 \
        -selfsign -keyfile "$1.key"
}

issued() { # name, common name, extensions, end
    key "$1" -algorithm RSA -pkeyopt rsa_keygen_bits:2048
    sign "$1" "/CN=$2" "$3" "$4" sha256 -cert authority.crt -keyfile authority.key
}

self_signed() { # name, digest, then the key's arguments
    name=$1 digest=$2
    shift 2
    key "$name" "$@"
    sign "$name" /CN=localhost $local $far "$digest" -selfsign -keyfile "$name.key" ${padding:-}
}

authority authority
authority stranger
issued server localhost $local $far
issued elsewhere db.example.org subjectAltName=DNS:db.example.org $far
issued expired localhost $local 20200102000000Z
issued client reader extendedKeyUsage=clientAuth $far

# An authority that has taken back one of the two certificates that it issued.
authority revoking
for name in kept revoked; do
    key "$name" -algorithm EC -pkeyopt ec_paramgen_curve:P-256
    sign "$name" /CN=localhost $local $far sha256 -cert revoking.crt -keyfile revoking.key
done
revoking() { # further arguments of openssl ca
    openssl ca -config "$work/ca.cnf" -cert revoking.crt -keyfile revoking.key -md sha256 "$@" 2>/dev/null
}
revoking -revoke revoked.crt
revoking -gencrl -crl_lastupdate 20200101000000Z -crl_nextupdate $far -out revoking.crl

# One key in each form that a PEM file may hold.
openssl rsa -in client.key -traditional -out client-pkcs1.key 2>/dev/null
openssl pkcs8 -topk8 -in client.key -passout pass:opensesame -out client-encrypted.key
key ec -algorithm EC -pkeyopt ec_paramgen_curve:P-256
openssl ec -in ec.key -out ec-sec1.key 2>/dev/null

# One certificate for each kind of signature that tls-server-end-point tells apart.
rsa="-algorithm RSA -pkeyopt rsa_keygen_bits:2048"
self_signed md5-rsa md5 $rsa
self_signed sha1-rsa sha1 $rsa
self_signed sha512-rsa sha512 $rsa
padding="-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:-1" self_signed sha384-pss sha384 $rsa
self_signed sha256-ecdsa sha256 -algorithm EC -pkeyopt ec_paramgen_curve:P-256
self_signed sha384-ecdsa sha384 -algorithm EC -pkeyopt ec_paramgen_curve:P-384
self_signed ed25519 null -algorithm ED25519
self_signed ed448 null -algorithm ED448
for unused in md5-rsa sha1-rsa sha256-ecdsa sha384-ecdsa sha512-rsa sha384-pss ed448 authority stranger revoking; do
    rm -f $unused.key
done
