// What a scenario can be; each tells the fields behind the name.
#ifndef PARITY_KINDS_HPP
#define PARITY_KINDS_HPP

#include "json.hpp"
#include "scenario.hpp"

json::object session(const scenario &scenario);
json::object applications(const scenario &scenario);
json::object application(const scenario &scenario);
json::object identities(const scenario &scenario);
json::object code(const scenario &scenario);
json::object config(const scenario &scenario);
json::object errors(const scenario &scenario);
json::object call(const scenario &scenario);
json::object cades_sign(const scenario &scenario);
json::object cades_verify(const scenario &scenario);

#endif
