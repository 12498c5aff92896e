#ifndef SIGNALBOX_CCURL_SHIM_H
#define SIGNALBOX_CCURL_SHIM_H

#include <curl/curl.h>

/* curl_easy_setopt, curl_easy_getinfo and curl_multi_setopt are variadic, and Swift imports no
   variadic C function: one function for each type of argument that the client passes. */

/* For options marked CURLOPTTYPE_LONG: C would take a Swift Int32 from the wrong register width. */
static inline CURLcode ccurl_set_long(CURL *easy, CURLoption option, long value) {
  return curl_easy_setopt(easy, option, value);
}

/* For options that libcurl copies as C strings, so that Swift's temporary pointer is enough. */
static inline CURLcode ccurl_set_text(CURL *easy, CURLoption option, const char *value) {
  return curl_easy_setopt(easy, option, value);
}

/* For CURLOPT_COPYPOSTFIELDS: bytes, which may hold zeros, copied by the length set before. A null
   pointer, as Swift gives for an empty array, would make libcurl read standard input. */
static inline CURLcode ccurl_set_body(CURL *easy, const void *bytes, long count) {
  CURLcode code = curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)count);
  if (code != CURLE_OK) return code;
  return curl_easy_setopt(easy, CURLOPT_COPYPOSTFIELDS, count ? bytes : "");
}

/* For options that keep a pointer: the context of a callback, the buffer of error texts. */
static inline CURLcode ccurl_set_pointer(CURL *easy, CURLoption option, void *value) {
  return curl_easy_setopt(easy, option, value);
}

/* For lists of header lines, which libcurl does not copy: free them after the transfer. */
static inline CURLcode ccurl_set_list(CURL *easy, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(easy, option, value);
}

/* For CURLOPT_WRITEFUNCTION and CURLOPT_HEADERFUNCTION, which have this one type. */
static inline CURLcode ccurl_set_receiver(
    CURL *easy, CURLoption option, curl_write_callback value) {
  return curl_easy_setopt(easy, option, value);
}

/* For CURLINFO_LONG. */
static inline CURLcode ccurl_get_long(CURL *easy, CURLINFO info, long *value) {
  return curl_easy_getinfo(easy, info, value);
}

/* For the long options of a multi handle. */
static inline CURLMcode ccurl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

/* The result of a finished transfer sits in a C union. */
static inline CURLcode ccurl_result(const CURLMsg *message) {
  return message->data.result;
}

#endif
