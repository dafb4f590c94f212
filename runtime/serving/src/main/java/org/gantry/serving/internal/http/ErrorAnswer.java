package org.gantry.serving.internal.http;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.gantry.component.UnusableComponentException;
import org.gantry.export.ExportException;
import org.gantry.host.support.ErrorText;
import org.gantry.host.support.JsonText;
import org.gantry.recipes.text.RecipeException;
import org.gantry.runs.RunException;
import org.gantry.runs.samples.UnusableInputException;
import org.gantry.serving.internal.model.OverloadException;

/**
 * What a failed request is answered: sentences in JSON, never a stack trace.
 *
 * @param answer the answer
 * @param defect whether the failure is not the request's, so that the server reports it
 */
record ErrorAnswer(ApiAnswer answer, boolean defect) {

  private static final int FAILED = 500;

  static ErrorAnswer of(Throwable failure) {
    if (failure instanceof RefusalException e) {
      ApiAnswer answer = answer(e.status(), e.getMessage(), e.fix());
      return new ErrorAnswer(
          e.header().map(h -> answer.withHeader(h.name(), h.value())).orElse(answer), false);
    } else if (failure instanceof OverloadException e) {
      return of(RefusalException.busy(e.getMessage()));
    }
    // What the user gives can be found wrong deep within a sampler.
    Optional<UnusableInputException> input = ErrorText.find(failure, UnusableInputException.class);
    if (input.isPresent()) {
      return wrong(input.get().getMessage(), input.get().fix());
    }
    Optional<OverloadException> overload = ErrorText.find(failure, OverloadException.class);
    if (overload.isPresent()) {
      return of(overload.get());
    }
    if (ErrorText.find(failure, ExportException.class).isPresent()
        || ErrorText.find(failure, UnusableComponentException.class).isPresent()) {
      return wrong(ErrorText.message(failure), "");
    } else if (failure instanceof RunException || failure instanceof RecipeException) {
      return new ErrorAnswer(answer(FAILED, ErrorText.message(failure), ""), true);
    } else if (failure instanceof OutOfMemoryError) {
      return new ErrorAnswer(
          of(RefusalException.busy("there is not enough memory for this request")).answer(), true);
    }
    return new ErrorAnswer(
        answer(FAILED, "this should not happen: " + ErrorText.chain(failure), ""), true);
  }

  private static ErrorAnswer wrong(String message, String fix) {
    return new ErrorAnswer(answer(RefusalException.WRONG, message, fix), false);
  }

  /** The answer with one problem. */
  static ApiAnswer answer(int status, String message, String fix) {
    Map<String, Object> problem =
        JsonText.object(
            "message",
            ErrorText.line(message),
            "fix",
            Optional.of(ErrorText.line(fix)).filter(text -> !text.isEmpty()));
    return ApiAnswer.json(
        status,
        JsonText.object("error", JsonText.object("status", status, "problems", List.of(problem))));
  }
}
