import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.spi.x509.revocation.crl.ExternalResourcesCRLSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * EU DSS judges a batch under its own default policy: one line of JSON for each signature. Usage: Judge FOLDER
 */
public final class Judge {
    private final CommonCertificateVerifier verifier = new CommonCertificateVerifier(true);

    /** The root is trusted, both lists are at hand, nothing is fetched. */
    private Judge(Path folder) {
        CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
        trusted.addCertificate(DSSUtils.loadCertificate(folder.resolve("root.pem").toFile()));
        verifier.setTrustedCertSources(trusted);
        verifier.setCrlSource(new ExternalResourcesCRLSource(
                new FileDocument(folder.resolve("root.crl").toFile()).openStream(),
                new FileDocument(folder.resolve("sub.crl").toFile()).openStream()));
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Judge judge = new Judge(folder);
        try (Stream<Path> files = Files.list(folder.resolve("signatures"))) {
            for (Path file : files.filter(Judge::isSignature).sorted().collect(Collectors.toList())) {
                System.out.println(judge.line(file));
            }
        }
    }

    private static boolean isSignature(Path file) {
        return file.toString().matches(".*\\.p7[ms]");
    }

    private String line(Path file) {
        try {
            return verdict(file);
        } catch (RuntimeException error) {
            return json(file, "ERROR", null, null, error.toString());
        }
    }

    private String verdict(Path file) {
        SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(file.toFile()));
        validator.setCertificateVerifier(verifier);
        // Written at some cost, and read by nobody here.
        validator.setEnableEtsiValidationReport(false);
        if (file.toString().endsWith(".p7s")) {
            File content = new File(file.toString().replaceAll("p7s$", "txt"));
            validator.setDetachedContents(List.of(new FileDocument(content)));
        }
        Reports reports = validator.validateDocument();
        SimpleReport report = reports.getSimpleReport();
        List<SignatureWrapper> signatures = reports.getDiagnosticData().getSignatures();
        if (signatures.size() != 1) {
            return json(file, "ERROR", null, null, signatures.size() + " signatures");
        }
        String id = signatures.get(0).getId();
        SubIndication subIndication = report.getSubIndication(id);
        return json(
                file,
                report.getIndication(id).name(),
                subIndication == null ? null : subIndication.name(),
                report.getSignatureFormat(id).toString(),
                report.getAdESValidationErrors(id).stream().map(Message::getValue).collect(Collectors.joining("; ")));
    }

    private static String json(Path file, String indication, String subIndication, String level, String why) {
        return String.format(
                "{\"file\":%s,\"indication\":%s,\"sub_indication\":%s,\"level\":%s,\"why\":%s}",
                quoted(file.getFileName().toString()), quoted(indication), quoted(subIndication), quoted(level), quoted(why));
    }

    private static String quoted(String text) {
        if (text == null) {
            return "null";
        }
        return '"' + text.replaceAll("[\\p{Cntrl}\"\\\\]", " ") + '"';
    }
}
