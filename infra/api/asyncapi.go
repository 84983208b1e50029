package api

import (
	"encoding/json"
	"net/http"

	"ayumi/domain/schema"
	"ayumi/infra/web/locale"
)

// AsyncAPI is the description of what consumers outside receive, AsyncAPI 3.0 as JSON.
// Names stand in Japanese and in English, as in the catalogue of events.
func AsyncAPI() ([]byte, error) {
	ja, en := locale.In(locale.Japanese), locale.In(locale.English)
	both := func(japanese, english string) string {
		if japanese == english {
			return japanese
		}
		return japanese + " / " + english
	}
	d := en.Outside.Description
	return json.MarshalIndent(schema.AsyncAPI(schema.Naming{
		Title: d.Title, Description: d.Text, Server: d.Server, Headers: d.Headers,
		Event: func(name string) string { return both(ja.Event(name), en.Event(name)) },
		Field: func(name string) string { return both(ja.Field(name), en.Field(name)) },
		Code:  func(list, code string) string { return both(ja.Code(list, code), en.Code(list, code)) },
	}), "", " ")
}

// asyncAPI serves the description, beside that of the API and as open as it.
func (a *API) asyncAPI(w http.ResponseWriter, r *http.Request) {
	raw, err := AsyncAPI()
	if err != nil {
		a.Log.Error("description of what leaves", "error", err)
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/vnd.aai.asyncapi+json;version=3.0.0")
	_, _ = w.Write(raw)
}
