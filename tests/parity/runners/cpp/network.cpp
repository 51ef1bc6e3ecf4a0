#include "network.hpp"

#include <arpa/inet.h>
#include <strings.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <stdexcept>

namespace {

class connection {
public:
    // `authority`: ADDRESS:PORT.
    connection(const std::string &authority, std::uint64_t timeout_ms) : socket_(socket(AF_INET, SOCK_STREAM, 0)) {
        std::size_t colon = authority.find(':');
        sockaddr_in peer = {};
        peer.sin_family = AF_INET;
        peer.sin_port = htons(static_cast<std::uint16_t>(std::stoi(authority.substr(colon + 1))));
        timeval limit = {};
        limit.tv_sec = static_cast<time_t>(timeout_ms / 1000);
        limit.tv_usec = static_cast<suseconds_t>(timeout_ms % 1000 * 1000);
        setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
        is_open_ = inet_pton(AF_INET, authority.substr(0, colon).c_str(), &peer.sin_addr) == 1 &&
                   connect(socket_, reinterpret_cast<sockaddr *>(&peer), sizeof peer) == 0;
    }
    connection(const connection &) = delete;
    connection &operator=(const connection &) = delete;
    ~connection() { close(socket_); }

    bool send(std::string_view data) {
        while (is_open_ && !data.empty()) {
            ssize_t sent = ::send(socket_, data.data(), data.size(), MSG_NOSIGNAL);
            is_open_ = sent > 0;
            if (is_open_) data.remove_prefix(static_cast<std::size_t>(sent));
        }
        return is_open_;
    }

    // Everything until the other side closes; nothing if it broke.
    std::string receive() {
        std::string all;
        char part[65536];
        ssize_t more = is_open_ ? recv(socket_, part, sizeof part, 0) : -1;
        for (; more > 0; more = recv(socket_, part, sizeof part, 0)) all.append(part, static_cast<std::size_t>(more));
        return more == 0 ? all : std::string();
    }

private:
    int socket_;
    bool is_open_ = false;
};

std::string exchanged(const std::string &method, const std::string &url, const std::string &headers,
                      std::string_view body, std::uint64_t timeout_ms) {
    const std::string scheme = "http://";
    if (url.compare(0, scheme.size(), scheme) != 0) return {};
    std::size_t slash = std::min(url.find('/', scheme.size()), url.size());
    std::string authority = url.substr(scheme.size(), slash - scheme.size());
    std::string path = slash < url.size() ? url.substr(slash) : "/";
    connection connection(authority, timeout_ms);
    connection.send(method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nConnection: close\r\nContent-Length: " +
                    std::to_string(body.size()) + "\r\n" + headers + "\r\n");
    connection.send(body);
    return connection.receive();
}

}  // namespace

std::optional<kamusm::response> exchange(kamusm::request request) {
    std::string headers;
    for (std::size_t i = 0; i < request.header_count(); i++)
        headers.append(request.header_name(i)).append(": ").append(request.header_value(i)).append("\r\n");
    std::string received = exchanged(std::string(request.method()), std::string(request.url()), headers,
                                     request.body().text(), request.timeout_ms());
    std::size_t end = received.find("\r\n\r\n");
    if (received.compare(0, 9, "HTTP/1.1 ") != 0 || end == std::string::npos) return std::nullopt;
    std::string_view body = std::string_view(received).substr(end + 4);
    std::size_t announced = body.size();
    kamusm::response response(static_cast<std::uint16_t>(std::stoi(received.substr(9, 3))));
    for (std::size_t begin = received.find("\r\n") + 2; begin < end;) {
        std::size_t stop = received.find("\r\n", begin), colon = received.find(':', begin);
        std::size_t value = received.find_first_not_of(' ', colon + 1);
        std::string name = received.substr(begin, colon - begin), content = received.substr(value, stop - value);
        if (strcasecmp(name.c_str(), "content-length") == 0) announced = std::stoul(content);
        response.add_header(name, content);
        begin = stop + 2;
    }
    if (announced != body.size()) return std::nullopt;  // it broke off
    response.body(body);
    return response;
}

std::string remote_signature(const std::string &address, kamusm::octets to_be_signed) {
    std::string received = exchanged("POST", address, "", to_be_signed.text(), 20000);
    std::size_t end = received.find("\r\n\r\n");
    if (end == std::string::npos) throw std::runtime_error(address + " does not answer");
    return received.substr(end + 4);
}
