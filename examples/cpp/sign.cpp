// Signs one application: sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]
// The doğrulama kodu and the PIN are lines of standard input, or of the given descriptors; never arguments.
#include <kamusm.hpp>

#include <fstream>
#include <iostream>
#include <iterator>
#include <string.h>
#include <unistd.h>

namespace {

// One line of a descriptor, wiped when it goes.
class secret_line {
public:
    // Octet by octet: the lines behind this one are for somebody else.
    explicit secret_line(int fd) {
        while (size_ < sizeof line_ && read(fd, line_ + size_, 1) == 1 && line_[size_] != '\n') size_++;
    }
    secret_line(const secret_line &) = delete;
    secret_line &operator=(const secret_line &) = delete;
    ~secret_line() { explicit_bzero(line_, sizeof line_); }

    std::string_view text() const { return {line_, size_}; }

private:
    char line_[512] = {};
    std::size_t size_ = 0;
};

class signing_program {
public:
    signing_program(std::string_view kind, const std::string &path, int pin_fd)
        : pin_fd_(pin_fd), pin_(), token_(open(kind, path)) {}

    kamusm::answer show(const kamusm::step &step) const {
        std::cout << step.service() << ", başvuru " << step.application() << "\n";
        for (std::size_t i = 0; i < step.text_count(); i++)
            std::cout << "\n" << step.text_title(i) << "\n" << step.text_octets(i).text() << "\n";
        std::cout << "kontrol sayısı: " << step.match_code() << "\n";
        return step.accept();
    }

    // The first certificate that can sign and was not refused yet.
    kamusm::answer choose(const kamusm::step &step) const {
        kamusm::identities list = token_.identities();
        std::size_t skip = step.refusal_count();
        for (std::size_t i = 0; i < list.size(); i++)
            if (!list[i].refusal() && skip-- == 0) return step.certificate(list[i].certificate());
        return step.failed(kamusm::error(KAMUSM_RESULT_NO_SIGNING_CERTIFICATE, "no certificate is left"));
    }

    // A wrong PIN is told, and the next line tried.
    kamusm::answer sign(const kamusm::step &step) {
        for (;;) {
            if (!pin_) pin_ = std::make_unique<secret_line>(pin_fd_);
            kamusm::sign_options options;
            options.pin(pin_->text());
            pin_.reset();
            try {
                return token_.sign(step, options);
            } catch (const kamusm::error &error) {
                if (error.code() != KAMUSM_RESULT_PIN_INCORRECT) throw;
                std::cerr << error.text() << "\n";
            }
        }
    }

private:
    kamusm::token open(std::string_view kind, const std::string &path) {
        if (kind == "--module") return kamusm::token::open_module(path);
        std::ifstream stream(path, std::ios::binary);
        std::string file(std::istreambuf_iterator<char>(stream), {});
        pin_ = std::make_unique<secret_line>(pin_fd_);  // the file's password, which signing asks for again
        return kamusm::token::open_pkcs12(std::string_view(file), pin_->text());
    }

    int pin_fd_;
    std::unique_ptr<secret_line> pin_;
    kamusm::token token_;
};

}  // namespace

int main(int argc, char **argv) try {
    int code_fd = STDIN_FILENO, pin_fd = STDIN_FILENO;
    for (int i = 4; i + 1 < argc; i += 2)
        (std::string_view(argv[i]) == "--pin-fd" ? pin_fd : code_fd) = std::stoi(argv[i + 1]);
    if (argc < 4) return std::cerr << "sign BASE_URL (--pkcs12 FILE | --module PATH) [--code-fd N] [--pin-fd N]\n", 2;
    kamusm::verification_code code{std::string(secret_line(code_fd).text())};
    kamusm::config config(argv[1], code.environment());
    kamusm::http http(config);
    kamusm::session session(code, config);
    signing_program program(argv[2], argv[3], pin_fd);
    kamusm::step end = kamusm::drive(session, http, kamusm::no_store(), program);
    if (kamusm::error_view why = end.outcome_error()) std::cerr << why.text() << "\n";
    else std::cout << "imza teslim edildi; başvuru sayfasına dönün: " << end.return_to() << "\n";
    return end.outcome() == KAMUSM_OUTCOME_ACCEPTED || end.outcome() == KAMUSM_OUTCOME_RECEIVED ? 0 : 1;
} catch (const kamusm::error &error) {
    std::cerr << error.text() << "\n";
    return 1;
}
