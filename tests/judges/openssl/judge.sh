#!/bin/sh
# OpenSSL judges a batch: one line of JSON for each signature. usage: judge.sh FOLDER
# It knows no indications, only PASSED and FAILED. Attached content must be what stands in the .txt beside the file.
set -eu
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# `cms` takes lists only out of the file of the trust anchors.
cp root.pem "$work/trust.pem"
for list in root sub; do
    openssl crl -inform DER -in "$list.crl" >>"$work/trust.pem"
done

verify() {
    openssl cms -verify -cades -binary -inform DER -in "$1" ${2:+-content "$2"} -out "$work/out" \
        -purpose any -CAfile "$work/trust.pem" -crl_check_all
}

for file in signatures/*.p7[ms]; do
    text=${file%.*}.txt
    case $file in
        *.p7s) detached=$text ;;
        *) detached= ;;
    esac
    indication=FAILED
    why=
    if verify "$file" "$detached" 2>"$work/why" && cmp "$work/out" "$text" >"$work/why"; then
        indication=PASSED
    else
        # The first line only repeats that it failed.
        why=$(sed -n '/Verification/!{s/["\\]//g;p;q;}' "$work/why")
    fi
    printf '{"file":"%s","indication":"%s","why":"%s"}\n' "${file#*/}" "$indication" "$why"
done
