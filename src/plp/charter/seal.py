"""The seal on a signed charter: a PDF signature with the installation's own certificate.

Key and certificate stand in one file, ``settings.SEAL_FILE``: made at first use in the data folder, unless
``PLP_SEAL_FILE`` names one of an authority. The seal says: this is the file that this installation kept. Who signed is
told in the record of signatures, which is attached to the sealed file with the scans.
"""

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from plp.toolbox.moves import Refused

if TYPE_CHECKING:
    from pyhanko.sign import SimpleSigner

YEARS = 20
FIELD = "Seal"
NOT_USED_FOR = (
    "key_encipherment",
    "data_encipherment",
    "key_agreement",
    "key_cert_sign",
    "crl_sign",
    "encipher_only",
    "decipher_only",
)


class NoSeal(Refused):
    """The file with the key and the certificate cannot be read."""

    sentence = _("The seal cannot be set: the person who runs this site must look at PLP_SEAL_FILE.")


def seal_pdf(content: bytes, *, attached: Mapping[str, tuple[str, bytes]], reason: str, at: datetime) -> bytes:
    """``content`` with files in it and the seal over all; its own bytes come first, as they were.

    ``attached`` maps a file name to its media type and bytes. Raises ``NoSeal``.
    """
    from pyhanko.pdf_utils.embed import EmbeddedFileObject, FileSpec, embed_file  # noqa: PLC0415 - heavy
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415 - heavy
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner  # noqa: PLC0415 - heavy, and seldom wanted

    writer = IncrementalPdfFileWriter(BytesIO(content))
    for name, (media, file) in attached.items():
        stream = EmbeddedFileObject.from_file_data(writer, data=file, mime_type=media)
        embed_file(writer, FileSpec(file_spec_string=name, file_name=name, embedded_data=stream, description=name))
    facts = PdfSignatureMetadata(field_name=FIELD, reason=reason, name=str(urlsplit(settings.ORIGIN).hostname))
    out = PdfSigner(facts, signer=_load_or_create_seal_signer(at)).sign_pdf(writer)
    return bytes(out.getvalue())


def _load_or_create_seal_signer(at: datetime) -> "SimpleSigner":
    """Whoever seals: the named certificate, else the installation's own."""
    from asn1crypto import keys as asn1_keys  # noqa: PLC0415 - heavy
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415 - heavy
    from cryptography import x509  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415 - heavy
    from pyhanko.sign import SimpleSigner  # noqa: PLC0415 - heavy, and seldom wanted
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415 - heavy

    path: Path = settings.SEAL_FILE
    if not path.exists() and path.parent == settings.HOME / "secrets":
        create_seal_file(path, at=at)
    try:
        pem = path.read_bytes()
        key = serialization.load_pem_private_key(pem, password=None)
        certificates = x509.load_pem_x509_certificates(pem)
    except (OSError, ValueError, TypeError) as broken:
        raise NoSeal from broken
    own, *chain = [asn1_x509.Certificate.load(one.public_bytes(serialization.Encoding.DER)) for one in certificates]
    plain = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple(chain)
    return SimpleSigner(signing_cert=own, signing_key=asn1_keys.PrivateKeyInfo.load(plain), cert_registry=store)


def create_seal_file(path: Path, *, at: datetime) -> None:
    """A key and its self-signed certificate in one file, readable by us alone; the first of two makers wins."""
    from cryptography import x509  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives import hashes, serialization  # noqa: PLC0415 - heavy
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - heavy
    from cryptography.x509.oid import NameOID  # noqa: PLC0415 - heavy

    sealing = x509.KeyUsage(digital_signature=True, content_commitment=True, **dict.fromkeys(NOT_USED_FOR, False))
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"PLP {urlsplit(settings.ORIGIN).hostname}"[:64])])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=365 * YEARS))
        .add_extension(sealing, critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent) as file:  # 0600
        file.write(private + certificate.public_bytes(serialization.Encoding.PEM))
        file.flush()
        with suppress(FileExistsError):
            os.link(file.name, path)
