// Lists the person's applications with their statuses: applications BASE_URL
// The token of the person's sign-in is a line of standard input, never an argument.
#include <kamusm.hpp>

#include <iostream>

namespace {

void print(const kamusm::status_block &block) {
    static const char *const columns[] = {"Banka Şubesi", "İnternet Şubesi", "Mobil Şube", "ATM", "Çağrı Merkezi"};
    if (!block.text().empty())
        std::cout << "    " << block.label() << (block.label().empty() ? "" : " ") << block.text() << "\n";
    for (std::size_t bank = 0; bank < block.bank_count(); bank++) {
        std::cout << "    " << block.bank_name(bank) << ":";
        for (int channel = KAMUSM_CHANNEL_BRANCH; channel <= KAMUSM_CHANNEL_CALL_CENTRE; channel++)
            if (block.bank_takes(bank, static_cast<kamusm_channel>(channel)))
                std::cout << " " << columns[channel - 1] << ";";
        std::cout << "\n";
    }
}

}  // namespace

int main(int argc, char **argv) try {
    std::string line;
    if (argc != 2 || !std::getline(std::cin, line)) return std::cerr << "applications BASE_URL\n", 2;
    kamusm::person_token token(line);
    kamusm::config config(argv[1], KAMUSM_ENVIRONMENT_SANDBOX);
    kamusm::applications list = kamusm::http(config).call(kamusm::applications::list(config, token));
    for (std::size_t i = 0; i < list.size(); i++) {
        kamusm::status status = list[i].status();
        std::cout << list[i].no() << "  " << list[i].applied_on() << "  " << status.title() << "  ["
                  << status.action_title() << "]\n";
        for (std::size_t block = 0; block < status.block_count(); block++) print(status.block(block));
    }
} catch (const kamusm::error &error) {
    std::cerr << error.text() << "\n";
    return 1;
}
