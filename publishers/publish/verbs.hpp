// What noroshi-publish does, one function a verb.
#pragma once

#include "publishers/publish/options.hpp"
#include "publishers/publish/terminal.hpp"

namespace noroshi::publishers {

Exit validate(const ValidateOptions& options, Output output, const Terminal& terminal);
// Prints the signed document, or writes it where it is told.
Exit sign(const SignOptions& options, const Terminal& terminal);
Exit send(const SendOptions& options, Output output, const Terminal& terminal);
Exit draft(const DraftOptions& options, Output output, const Terminal& terminal);
Exit drafts(const DraftsOptions& options, Output output, const Terminal& terminal);
Exit approve(const ApproveOptions& options, Output output, const Terminal& terminal);
Exit withdraw(const WithdrawOptions& options, Output output, const Terminal& terminal);
Exit order(const OrderOptions& options, Output output, const Terminal& terminal);
Exit status(const StatusOptions& options, Output output, const Terminal& terminal);

}  // namespace noroshi::publishers
