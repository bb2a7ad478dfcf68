// Made of the API's description by services/api/contract.test.ts.
export type paths = {
    readonly "/v1/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Search events in the query language, or by time, source, type, label, place and words */
        readonly get: operations["searchEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/search": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Search events by a tree of conditions, for programs */
        readonly post: operations["searchEventsStructured"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/count": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How many events a search finds */
        readonly get: operations["countEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/histogram": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How many events a search finds in each minute, ten minutes, hour or day; the search must have both ends of its time */
        readonly get: operations["countEventsByTime"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/facets": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How many events a search finds by label, zone, camera, route, stop …; the search must have both ends of its time */
        readonly get: operations["countEventsByValue"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/completions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What may be typed next in a query */
        readonly get: operations["completeQuery"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Events as they happen (Server-Sent Events, resumable) */
        readonly get: operations["streamEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/{occurrence}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One event: the highest revision of an occurrence, and the incidents it is attached to */
        readonly get: operations["getEvent"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/{occurrence}/snapshot": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The picture that shows best what an event is about, with a frame around it or without */
        readonly get: operations["getEventSnapshot"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/{occurrence}/clip": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The recording of an event, also in parts (Range)
         * @description `clip-period` is the time that it is of, `clip-recorded` which stretches of that are recorded, one after the other; instants with `/` between.
         */
        readonly get: operations["getEventClip"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/{occurrence}/filmstrip": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Pictures out of an event's recording, side by side in one
         * @description `filmstrip-tile` is the size of one, `filmstrip-offsets` where each is in the clip in seconds, `filmstrip-times` when that was.
         */
        readonly get: operations["getEventFilmstrip"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/searches/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What saved searches with alerts find, as it happens (Server-Sent Events, resumable) */
        readonly get: operations["streamSearchAlerts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/searches": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own saved searches, and those that colleagues share */
        readonly get: operations["listSearches"];
        readonly put?: never;
        /** Saves a search, for oneself or to share, perhaps with alerts */
        readonly post: operations["saveSearch"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/searches/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One of one's own saved searches, with the `ETag` to change it by */
        readonly get: operations["getSearch"];
        /** Changes one of one's own saved searches */
        readonly put: operations["changeSearch"];
        readonly post?: never;
        /** Deletes one of one's own saved searches */
        readonly delete: operations["deleteSearch"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The incident log: what whoever asks may know of */
        readonly get: operations["listIncidents"];
        readonly put?: never;
        /** Opens an incident, with its purpose and perhaps cameras and events */
        readonly post: operations["openIncident"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Changes of incidents as they are made (Server-Sent Events, resumable) */
        readonly get: operations["streamIncidents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** An incident as it is now */
        readonly get: operations["getIncident"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents/{id}/log": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Everything that was ever done to an incident: who, when, what */
        readonly get: operations["listIncidentEntries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents/{id}/changes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Claims, notes, amends, attaches, escalates, closes, opens again or hands over */
        readonly post: operations["changeIncident"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/incidents/{id}/lock": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who is editing an incident */
        readonly get: operations["getIncidentLock"];
        /** Says that one is editing it, for two minutes; others are told, and who had it before too */
        readonly put: operations["lockIncident"];
        readonly post?: never;
        /** Says that one is done editing it */
        readonly delete: operations["unlockIncident"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shifts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own shifts, and those of colleagues whose yards one sees too */
        readonly get: operations["listShifts"];
        readonly put?: never;
        /** Begins one's shift, under a purpose: what is looked at live is looked at for that */
        readonly post: operations["beginShift"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shifts/{id}/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Ends one's shift and leaves a note with one's open incidents to whoever comes */
        readonly post: operations["endShift"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shifts/{id}/accept": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Takes over what somebody left: their incidents become one's own */
        readonly post: operations["acceptShift"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/events/{occurrence}/neighbours": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What else happened near an event, in place and time */
        readonly get: operations["listEventNeighbours"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The cameras that whoever asks may know of, how they are and on what basis they run */
        readonly get: operations["listCameras"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/recordings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What of a camera is recorded, and why the rest is not */
        readonly get: operations["listRecordings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/playback.m3u8": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The recording of a time as an HLS playlist; gaps are discontinuities */
        readonly get: operations["getPlaylist"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/segments/{at_ms}/{segment}/{part}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One segment of a playlist: its head, or its pictures */
        readonly get: operations["getSegment"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/live.mp4": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A camera's pictures as they come, as fragmented MP4; it ends with their connection */
        readonly get: operations["watchCamera"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/live": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The pictures of up to eight cameras as they come, in one stream
         * @description Messages one after another; the guide's page about live pictures describes them. A camera that may not be shown, or not any more, is told in the stream; where that holds for all of them the answer is a refusal. The same question with one camera more begins anew, at once, with the newest pictures.
         */
        readonly get: operations["watchCameras"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/statistics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What one camera sends, and what became of it */
        readonly get: operations["getCameraStatistics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/views": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The views that are saved in a camera that turns */
        readonly get: operations["listCameraViews"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/turn": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Turn a camera to one of its saved views; it is told as an event */
        readonly post: operations["turnCamera"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/zones": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The zones and lines of the cameras that whoever asks may know of */
        readonly get: operations["listZones"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/places": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What in town has a name and a place: stops, and the cameras that whoever asks may know of */
        readonly get: operations["listPlaces"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Pause a camera at once: nothing of it is decoded, recorded or shown until then
         * @description One that is paused already stays so until the later of both ends.
         */
        readonly post: operations["pauseCamera"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/pause/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End a camera's pause before its time */
        readonly post: operations["resumeCamera"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/holds": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What is held as evidence of the cameras that whoever asks may know of */
        readonly get: operations["listHolds"];
        readonly put?: never;
        /** Hold a camera's recording of a time, and what was told of it, beyond their own time */
        readonly post: operations["makeHold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/holds/{hold}/extend": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Give a hold another end */
        readonly post: operations["extendHold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/holds/{hold}/release": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Release a hold: what has outlived its time goes within minutes */
        readonly post: operations["releaseHold"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/public/cameras": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The public register of cameras: where they are, why they film, by what right, and who answers */
        readonly get: operations["listPublicCameras"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/public/cameras/{camera}/sign": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The sign of a camera as one A4 sheet, with a QR code that leads to the register */
        readonly get: operations["getCameraSign"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/public/counts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How many stays there were in each area of the town, hour by hour of one day (UTC) */
        readonly get: operations["countPublicly"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What was asked for, newest first */
        readonly get: operations["listEvidence"];
        readonly put?: never;
        /** Ask for recordings and events as one signed bundle */
        readonly post: operations["askEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How far an export is */
        readonly get: operations["getEvidence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/approve": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Approve an export that somebody else asked for */
        readonly post: operations["approveEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/refuse": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Refuse an export */
        readonly post: operations["refuseEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/withdraw": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Remove a bundle; that it was asked for stays written */
        readonly post: operations["withdrawEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/link": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** A link that fetches the bundle once, within ten minutes */
        readonly post: operations["linkEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence-links/{token}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The bundle, once */
        readonly get: operations["fetchEvidence"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/hand-overs": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Write down who took a bundle away */
        readonly post: operations["handOverEvidence"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/{evidence}/sheet": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The hand-over sheet, to be printed and signed */
        readonly get: operations["getHandOverSheet"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/key": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The town's public key, with which bundles are verified */
        readonly get: operations["getEvidenceKey"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/evidence/verifier": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A page that verifies a bundle in the browser, alone; to be saved */
        readonly get: operations["getEvidenceVerifier"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/requests": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Requests of people who were filmed, the first due first */
        readonly get: operations["listRequests"];
        readonly put?: never;
        /** Record what a person who was filmed asks for */
        readonly post: operations["recordRequest"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/requests/{request}/steps": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Check who asks, extend, answer, refuse or withdraw a request */
        readonly post: operations["takeRequestStep"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stops": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All stops, as GeoJSON */
        readonly get: operations["listStops"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stops/{stop_id}/reports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Says that a bus did not come; nothing is kept of who says so, and a second tap counts once */
        readonly post: operations["reportMissing"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stop-reports": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How many said that a bus did not come, by stop, line and hour, beside trips that were missed */
        readonly get: operations["countStopReports"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stops/{stop_id}/timetable": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What is planned at a stop today and in the next days, to keep for when there is no connection */
        readonly get: operations["getStopTimetable"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/push-key": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The key that a browser needs to be told of a bus */
        readonly get: operations["getPushKey"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reminders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Asks to be told some minutes before a bus comes; asked again, it is the same reminder */
        readonly post: operations["addReminder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/reminders/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Takes a reminder back; one that is not there any more is as good as taken back */
        readonly delete: operations["removeReminder"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stops/{stop_id}/arrivals": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What comes to a stop, when, how sure, and why we think so */
        readonly get: operations["listArrivals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stops/{stop_id}/arrivals/stream": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What comes to a stop, as it changes (Server-Sent Events) */
        readonly get: operations["streamArrivals"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/lines": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** All lines and where they run, as GeoJSON */
        readonly get: operations["listLines"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/vehicles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where the vehicles are now, as GeoJSON */
        readonly get: operations["listVehicles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/gtfs-realtime/trip-updates.pb": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** GTFS-Realtime TripUpdates: when each vehicle will be where */
        readonly get: operations["getTripUpdates"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/gtfs-realtime/vehicle-positions.pb": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** GTFS-Realtime VehiclePositions: where each vehicle is */
        readonly get: operations["getVehiclePositions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/gtfs-realtime/alerts.pb": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** GTFS-Realtime Alerts: closed stops, detours, delays, in three languages */
        readonly get: operations["getAlerts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/alerts": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What passengers should know: closed stops, detours, delays, now and to come */
        readonly get: operations["listAlerts"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** What dispatchers ordered: in force, to come, ended and undone */
        readonly get: operations["listOrders"];
        readonly put?: never;
        /** Orders something: in effect everywhere within seconds */
        readonly post: operations["giveOrder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/orders/{id}/undo": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Undoes an order, by another order: from now on, or as if it had never been given */
        readonly post: operations["undoOrder"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/blocks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The blocks of a service day, who was given each, and who is seen to drive it */
        readonly get: operations["listBlocks"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/dispatch/vehicles": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where the vehicles really are, whatever the public may see */
        readonly get: operations["listDispatchVehicles"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/passages": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which buses passed a place, and when, by their positions while these are kept, else by their calls */
        readonly get: operations["listPassages"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/public-positions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** How much the public sees of where vehicles are */
        readonly get: operations["getPublicPositions"];
        /**
         * Decides it: on, delayed, coarsened or off, for the town, lines and vehicles; the most restrictive holds
         * @description In effect in everything public within seconds, wherever it was kept within 30. Dispatchers go on seeing all.
         */
        readonly put: operations["decidePublicPositions"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/trackers/unknown": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Trackers that knock in vain: nobody said which vehicle carries them */
        readonly get: operations["listUnknownTrackers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/trackers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Gives a tracker to a vehicle, from its next connection on */
        readonly post: operations["adoptTracker"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/review/{report}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A report on past days against the timetable
         * @description - `network`: Each segment between stops, all lines together: how late, how much slower than planned, how fast.
         *     - `on-time`: Shares of departures that were early, on time and late, by line and direction.
         *     - `headways`: Headways and excess wait time on lines that come at least every 15 minutes, by stop and hour.
         *     - `run-times`: How long each hop takes, beside the timetable: a tenth, half and nine tenths of the drives.
         *     - `dwell`: How long vehicles stand at each stop, by line, direction and stop.
         *     - `slow-segments`: Where and when vehicles lose time: run times by segment and hour, in their parts, the most lost first.
         *     - `speeding`: Streets and hours on which vehicles drive too fast as a rule; never which vehicle.
         *     - `missed-trips`: Trips that nobody was seen driving, and those not seen at their end, by line and day.
         *     - `comparison`: Two periods side by side, by line: what changed, and within which bounds (needs a period before).
         *     - `suggested-run-times`: Run times and recovery that the recorded days suggest, and what they would have done to those days.
         *     - `completeness`: How much of what was planned was seen at all, by line.
         */
        readonly get: operations["reviewDays"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/review/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A past service day moment by moment: who came to which stop and left it when */
        readonly get: operations["replayDay"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/review/line-day": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A line's service day: planned and actual times of each trip, with the distance along the way */
        readonly get: operations["reviewLineDay"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/review/segments": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every way from a stop to the next, as GeoJSON: what reports on segments are drawn on */
        readonly get: operations["listSegments"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/siri/2.0/stop-monitoring.xml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** SIRI StopMonitoring: what comes to a stop */
        readonly get: operations["getStopMonitoring"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/siri/2.0/vehicle-monitoring.xml": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** SIRI VehicleMonitoring: where each vehicle on a run is */
        readonly get: operations["getVehicleMonitoring"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Agreements with neighbours, given and taken, ended ones included */
        readonly get: operations["listShares"];
        readonly put?: never;
        /** Share lines with a neighbour; the answer has the token for the neighbour's box, once */
        readonly post: operations["makeShare"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shares/{share}/end": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** End an agreement, given or taken: from this moment it gives nothing */
        readonly post: operations["endShare"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shared": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The lines that a neighbour is given: where they run, their vehicles and arrivals */
        readonly get: operations["getSharedLines"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shared/vehicle-positions.pb": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** GTFS-Realtime VehiclePositions of the lines that a neighbour is given */
        readonly get: operations["getSharedVehiclePositions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/shared/trip-updates.pb": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** GTFS-Realtime TripUpdates of the lines that a neighbour is given */
        readonly get: operations["getSharedTripUpdates"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: where to begin */
        readonly get: operations["getOgcLandingPage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/conformance": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: which parts of the standard are kept to */
        readonly get: operations["getOgcConformance"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: what whoever asks may ask for */
        readonly get: operations["listOgcCollections"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/{collection}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: one collection */
        readonly get: operations["getOgcCollection"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/places/items": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: places as GeoJSON */
        readonly get: operations["listPlaceFeatures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/places/items/{feature}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: one place */
        readonly get: operations["getPlaceFeature"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/vehicles/items": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: where the vehicles are now, as GeoJSON */
        readonly get: operations["listVehicleFeatures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/vehicles/items/{feature}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: where one vehicle is now */
        readonly get: operations["getVehicleFeature"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/events/items": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: events as GeoJSON, newest first */
        readonly get: operations["listEventFeatures"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/ogc/collections/events/items/{feature}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** OGC API – Features: one event */
        readonly get: operations["getEventFeature"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/town": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The town itself: name, place, time, how much of what there is */
        readonly get: operations["getTown"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who is asking, and what they may */
        readonly get: operations["getSession"];
        readonly put?: never;
        /** Sign in: the answer sets the session's cookie */
        readonly post: operations["signIn"];
        /** End the session */
        readonly delete: operations["signOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session/oidc": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** For a browser: sign in at the town's OpenID provider */
        readonly get: operations["beginOutsideSignIn"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/session/oidc/callback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** For a browser that comes back from the provider */
        readonly get: operations["finishOutsideSignIn"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/set-up": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Make the first account, an administrator, with the token that the town printed */
        readonly post: operations["makeFirstAccount"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account/password": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Change one's own password; all other sessions end */
        readonly put: operations["changePassword"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account/totp": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /** Confirm the second factor with a code of it; all other sessions end */
        readonly put: operations["confirmTotp"];
        /** Be shown a new second factor; it counts once it is confirmed, within a quarter of an hour */
        readonly post: operations["offerTotp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account/totp/removal": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Sign in without a second factor from now on; all other sessions end */
        readonly post: operations["removeTotp"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account/sessions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Where one is signed in oneself, newest first */
        readonly get: operations["listOwnSessions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/account/sessions/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** End one of one's own sessions, at once */
        readonly delete: operations["endOwnSession"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/people": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Everybody who has an account, and what they may */
        readonly get: operations["listPeople"];
        readonly put?: never;
        /** Make an account */
        readonly post: operations["addPerson"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/people/{login}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        /** Change an account; all its sessions end, unless only its name changes */
        readonly patch: operations["changePerson"];
        readonly trace?: never;
    };
    readonly "/v1/tokens": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One's own tokens for programs, without their secrets */
        readonly get: operations["listTokens"];
        readonly put?: never;
        /** Make a token for a program, with some of one's own rights; it is shown once */
        readonly post: operations["makeToken"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/tokens/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /** Take one of one's own tokens back; it ends at once */
        readonly delete: operations["revokeToken"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The settings of the town, without any secret, and where they are changed */
        readonly get: operations["getSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/settings/cameras": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The settings of the cameras that whoever asks may set up */
        readonly get: operations["listCameraSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/settings/cameras/{camera}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** The settings of one camera; its `ETag` is needed to change them */
        readonly get: operations["getCameraSettings"];
        /**
         * Set up a camera, or change one: in use within seconds, without a restart
         * @description A camera that is not there yet is written with `If-Match: "0"`.
         */
        readonly put: operations["writeCameraSettings"];
        readonly post?: never;
        /** Take a camera out of the town; what it recorded goes after the plain time, whatever its own was */
        readonly delete: operations["removeCameraSettings"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/settings/sections": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Every section of the settings that a page may show: who owns it, and what it says */
        readonly get: operations["listSectionSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/settings/sections/{section}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** One section of the settings; its `ETag` is needed to change it */
        readonly get: operations["getSectionSettings"];
        /**
         * Set a section; `applies` says when it is in use
         * @description One that no page has set yet is written with `If-Match: "0"`.
         */
        readonly put: operations["writeSectionSettings"];
        readonly post?: never;
        /** Take back what pages set: the section is as if nobody had named it */
        readonly delete: operations["removeSectionSettings"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/camera-probes": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Listen to a camera that is not set up yet: what it sends, what it costs here, one picture */
        readonly post: operations["probeCamera"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/cameras/{camera}/still": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take one picture of a camera, so that its masks, zones and lines can be drawn on it
         * @description Without its mask, since that is what is drawn: it is written down who had it taken.
         */
        readonly post: operations["takeSetUpStill"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/stills/{still}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** A set-up still, for ten minutes, for whoever had it taken */
        readonly get: operations["getSetUpStill"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timetables": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Which versions of each timetable are followed, and how their sources are */
        readonly get: operations["listTimetables"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timetables/{feed}/versions/{version}/findings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What the checker finds in a version that is followed, as of today
         * @description As `./yardline gtfs check`. The whole feed is read: that takes seconds.
         */
        readonly get: operations["checkTimetable"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timetables/{feed}/offer": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        /**
         * Send a GTFS zip, piece by piece; the last piece is answered with what the checker finds in it
         * @description Each piece has at most 524288 bytes. Nothing is followed before it is chosen.
         */
        readonly put: operations["sendTimetablePiece"];
        readonly post?: never;
        /** Forget the timetable that was sent and waits to be chosen */
        readonly delete: operations["dropTimetableOffer"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timetables/{feed}/choices": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Follow the timetable that was sent, from a service day on or at once */
        readonly post: operations["chooseTimetable"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/timetables/{feed}/returns": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Go back to the timetable before the one that was chosen last, at once */
        readonly post: operations["returnToTimetable"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Who looked at what, or changed what, when and what for */
        readonly get: operations["listAuditEntries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/v1/audit/proof": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /** Read the whole log and say whether anything in it was changed */
        readonly post: operations["proveAuditLog"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/healthz": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Whether everything that must run runs, and how each part is */
        readonly get: operations["getHealth"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/metrics": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /** Counters and gauges in Prometheus' text format */
        readonly get: operations["getMetrics"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
};
export type webhooks = Record<string, never>;
export type components = {
    schemas: {
        readonly Problem: {
            /** @description urn:yardline:problem:{kind}, stable, for programs */
            readonly type: string;
            /** @description The status in words. */
            readonly title: string;
            readonly status: number;
            /** @description For a person: what is wrong and how to mend it. */
            readonly detail: string;
            /** @description What is wrong with the query, place by place. */
            readonly errors?: readonly {
                /** @description Where it begins, in UTF-16 units of `q`. */
                readonly at: number;
                readonly length: number;
                /** @description Stable, for programs. */
                readonly code: string;
                readonly message: {
                    readonly uk: string;
                    readonly ru: string;
                    readonly en: string;
                };
            }[];
            /** @description What is wrong with a form, field by field. */
            readonly fields?: readonly {
                /** @description JSON pointer into what was sent; empty: the whole. */
                readonly at: string;
                readonly message: string;
            }[];
        };
        readonly Sentence: {
            readonly uk: string;
            readonly ru: string;
            readonly en: string;
        };
        /** @description WGS 84 degrees */
        readonly Place: {
            readonly latitude: number;
            readonly longitude: number;
        };
        readonly ApiEvent: {
            /** @enum {string} */
            readonly specversion: "1.0";
            /** @description {occurrence}.{revision} */
            readonly id: string;
            /** @description camera/{id} or feed/{id} */
            readonly source: string;
            readonly type: string;
            /**
             * Format: date-time
             * @description The occurrence's anchor: observed or scheduled, never corrected.
             */
            readonly time: string;
            /** @enum {string} */
            readonly datacontenttype: "application/json";
            readonly dataschema: string;
            readonly occurrence: string;
            readonly revision: number;
            readonly state: "open" | "updated" | "closed" | "withdrawn";
            readonly tenant: string;
            readonly severity: "info" | "notice" | "alarm";
            /** @description RFC 5870 geo URI */
            readonly place?: string;
            readonly correlationid?: string;
            readonly backfilled?: boolean;
            readonly data: {
                readonly [key: string]: unknown;
            };
            readonly sentence: components["schemas"]["Sentence"];
            readonly links: {
                readonly self: string;
                /** @description Its picture. */
                readonly snapshot?: string;
                /** @description Its recording. */
                readonly clip?: string;
                /** @description Pictures out of its recording, side by side. */
                readonly filmstrip?: string;
            };
            /** @description What people attached it to. */
            readonly incidents?: readonly {
                readonly id: string;
                readonly title: string;
                readonly state: string;
            }[];
        } & {
            readonly [key: string]: unknown;
        };
        readonly EventPage: {
            /** @description Newest first, unless the query sorts otherwise. */
            readonly events: readonly components["schemas"]["ApiEvent"][];
            /** @description For the next page; absent on the last. */
            readonly cursor?: string;
        };
        /** @description A condition on events; `all`, `any` and `not` hold others. */
        readonly EventCondition: {
            /** @enum {string} */
            readonly op: "all";
            readonly of: readonly components["schemas"]["EventCondition"][];
        } | {
            /** @enum {string} */
            readonly op: "any";
            readonly of: readonly components["schemas"]["EventCondition"][];
        } | {
            /** @enum {string} */
            readonly op: "not";
            readonly of: components["schemas"]["EventCondition"];
        } | {
            /** @enum {string} */
            readonly op: "is";
            /** @enum {unknown} */
            readonly field: "source" | "type" | "state" | "severity" | "label" | "zone" | "camera" | "route" | "stop" | "vehicle";
            readonly values: readonly string[];
        } | {
            /** @enum {string} */
            readonly op: "words";
            readonly text: string;
        } | {
            /** @enum {string} */
            readonly op: "measure";
            /** @enum {unknown} */
            readonly measure: "delay_s" | "duration_s";
            /** @description Seconds, included. */
            readonly min?: number;
            /** @description Seconds, included. */
            readonly max?: number;
        } | {
            /** @enum {string} */
            readonly op: "box";
            readonly box: {
                readonly west: number;
                readonly south: number;
                readonly east: number;
                readonly north: number;
            };
        } | {
            /** @enum {string} */
            readonly op: "circle";
            readonly center: {
                readonly latitude: number;
                readonly longitude: number;
            };
            readonly radius_m: number;
        };
        readonly EventCount: {
            readonly value: number;
            /** @description Otherwise there are at least so many; counting ends at 10000. */
            readonly exact: boolean;
        };
        readonly EventHistogram: {
            readonly timezone: string;
            /** @description Those in which something happened, in the order of time, then of value. */
            readonly buckets: readonly {
                /**
                 * Format: date-time
                 * @description When this slice of time begins.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                /** @description Of the field, as it is compared: in lower case. */
                readonly value?: string;
                readonly count: number;
            }[];
        };
        readonly EventFacets: {
            readonly facets: readonly {
                /** @enum {unknown} */
                readonly field: "source" | "type" | "tenant" | "state" | "severity" | "label" | "zone" | "camera" | "route" | "stop" | "vehicle";
                /** @description The most frequent first; of an event with several values each is counted. In the form in which they are compared. */
                readonly values: readonly {
                    readonly value: string;
                    readonly count: number;
                }[];
                /** @description How many more values there are. */
                readonly others: number;
            }[];
        };
        readonly EventNeighbours: {
            /** @description Oldest first, the event itself left out. */
            readonly neighbours: readonly {
                readonly event: components["schemas"]["ApiEvent"];
                readonly distance_m: number;
                /** @description Positive is later. */
                readonly offset_s: number;
            }[];
            /** @description Where it is told which buses passed here then. */
            readonly passages: string;
            /** @description For the next page; absent on the last. */
            readonly cursor?: string;
        };
        /** @description What may stand instead of the part [from, to) of `q`. */
        readonly QueryCompletions: {
            readonly from: number;
            readonly to: number;
            readonly options: readonly {
                readonly text: string;
                /** @enum {unknown} */
                readonly kind: "field" | "value" | "time" | "operator";
            }[];
        };
        readonly SavedSearch: {
            readonly name: string;
            /** @description In the query language. */
            readonly q: string;
            /** @description Whether colleagues have it too; what they find by it is what they may see. */
            readonly shared: boolean;
            /** @description Whether new events that it finds are told at once. */
            readonly alert: boolean;
            readonly id: string;
            readonly tenant: string;
            readonly owner: string;
            /** Format: date-time */
            readonly changed_at: string;
        };
        readonly Incident: {
            readonly id: string;
            readonly tenant: string;
            readonly revision: number;
            /** @enum {unknown} */
            readonly state: "open" | "claimed" | "escalated" | "closed";
            readonly title: string;
            /** @description What for, as the audit log is to have it. */
            readonly purpose: string;
            /** @enum {unknown} */
            readonly priority: "low" | "normal" | "high";
            /** @description WGS 84 degrees */
            readonly place?: {
                readonly latitude: number;
                readonly longitude: number;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly opened_at: string;
            readonly opened_by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly changed_at: string;
            readonly claimed_by?: string;
            readonly offered_to?: string;
            readonly escalated_to?: string;
            /** @enum {unknown} */
            readonly outcome?: "resolved" | "false-alarm" | "passed-on" | "nothing-found";
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly closed_at?: string;
            readonly closed_by?: string;
            readonly cameras: readonly string[];
            readonly events: readonly {
                readonly occurrence: string;
                readonly source: string;
                readonly type: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 */
                readonly time: string;
            }[];
        };
        readonly IncidentList: {
            /** @description The last opened first. */
            readonly incidents: readonly components["schemas"]["Incident"][];
            /** @description Of the next page; absent on the last one. */
            readonly cursor?: string;
        };
        readonly IncidentEntry: {
            readonly revision: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly at: string;
            readonly by: string;
            readonly change: {
                /** @enum {string} */
                readonly do: "open";
                readonly title: string;
                /** @description What for, as the audit log is to have it. */
                readonly purpose: string;
                /** @enum {unknown} */
                readonly priority?: "low" | "normal" | "high";
                /** @description WGS 84 degrees */
                readonly place?: {
                    readonly latitude: number;
                    readonly longitude: number;
                };
                readonly cameras?: readonly string[];
                readonly events?: readonly {
                    readonly occurrence: string;
                    readonly source: string;
                    readonly type: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    readonly time: string;
                }[];
            } | {
                /** @enum {string} */
                readonly do: "claim";
                /**
                 * @description From whoever has it; they are told.
                 * @enum {boolean}
                 */
                readonly take_over?: true;
            } | {
                /** @enum {string} */
                readonly do: "release";
            } | {
                /** @enum {string} */
                readonly do: "note";
                readonly text: string;
            } | {
                /** @enum {string} */
                readonly do: "amend";
                readonly title?: string;
                /** @enum {unknown} */
                readonly priority?: "low" | "normal" | "high";
                /** @description WGS 84 degrees */
                readonly place?: {
                    readonly latitude: number;
                    readonly longitude: number;
                };
            } | {
                /** @enum {string} */
                readonly do: "detach";
                readonly events?: readonly string[];
                readonly cameras?: readonly string[];
                readonly why: string;
            } | {
                /** @enum {string} */
                readonly do: "escalate";
                readonly to: string;
                readonly why: string;
            } | {
                /** @enum {string} */
                readonly do: "close";
                /** @enum {unknown} */
                readonly outcome: "resolved" | "false-alarm" | "passed-on" | "nothing-found";
                readonly why: string;
            } | {
                /** @enum {string} */
                readonly do: "reopen";
                readonly why: string;
            } | {
                /** @enum {string} */
                readonly do: "hand-over";
                /** @description Their login; it is theirs once they claim it. */
                readonly to: string;
                readonly note?: string;
            } | {
                /** @enum {string} */
                readonly do: "attach";
                readonly events?: readonly {
                    readonly occurrence: string;
                    readonly source: string;
                    readonly type: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     */
                    readonly time: string;
                }[];
                readonly cameras?: readonly string[];
            };
        };
        readonly IncidentLog: {
            /** @description Oldest first; never altered, never removed. */
            readonly entries: readonly components["schemas"]["IncidentEntry"][];
            /** @description Where the next page goes on; absent on the last one. */
            readonly after?: number;
        };
        readonly Shift: {
            readonly id: string;
            readonly tenant: string;
            readonly login: string;
            /** @description What for, as the audit log is to have it. */
            readonly purpose: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly began_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             */
            readonly ended_at?: string;
            readonly hand_over?: {
                readonly note?: string;
                readonly to?: string;
                readonly incidents: readonly string[];
                readonly accepted_by?: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 */
                readonly accepted_at?: string;
            };
        };
        readonly ShiftList: {
            readonly own?: components["schemas"]["Shift"];
            /** @description Of this month and the one before, the newest first. */
            readonly shifts: readonly components["schemas"]["Shift"][];
        };
        readonly Camera: {
            readonly id: string;
            readonly name: string;
            readonly place?: components["schemas"]["Place"];
            readonly purpose: string;
            readonly legal_basis: string;
            /** @description Who answers for it. */
            readonly controller: string;
            /** @description Of the town's districts, by id. */
            readonly district?: string;
            /** @description Absent for the town's own. Without an agreement that gives it, only the partner's people see it. */
            readonly partner?: {
                readonly id: string;
                readonly name: string;
                /** @description What the town's people get of it. */
                readonly gives: readonly ("live-on-alarm" | "archive-on-request" | "export-on-request")[];
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly until?: string;
            };
            /** @description How long its recordings are kept. */
            readonly retention_h: number;
            /** @enum {unknown} */
            readonly mask_form: "none-needed" | "burnt-in" | "in-camera";
            /**
             * @description How the sign at the place is. `stale`: what it should say has changed since it was put up.
             * @enum {unknown}
             */
            readonly sign?: "posted" | "stale" | "not-yet" | "not-needed";
            /** @description What should stand at the sign's foot. */
            readonly sign_version?: string;
            /** @description Where the sign hangs. */
            readonly sign_place?: string;
            /** @description Footage from disk: nothing of it happens now. */
            readonly recorded: boolean;
            /**
             * @description Reduced: the box has too much to do and looks at its key frames only; it is recorded as ever. Paused: people paused it, and it sees and records nothing.
             * @enum {unknown}
             */
            readonly state: "connecting" | "watching" | "reduced" | "lost" | "paused" | "closed";
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly since: string;
            /** @description Why it is not watching. */
            readonly reason?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly paused_until?: string;
            /** @description Why its newest pictures could not be recorded. */
            readonly recording_trouble?: string;
            /** @description Why its newest pictures could not be looked at. */
            readonly watching_trouble?: string;
        };
        readonly CameraList: {
            /** @description By id. */
            readonly cameras: readonly components["schemas"]["Camera"][];
            /** @description For the next page; absent on the last. */
            readonly cursor?: string;
        };
        readonly CameraRecordings: {
            readonly camera: string;
            /** @description What is recorded, by time. */
            readonly spans: readonly {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
                /** @description Spans of one connection share one head and one timeline. */
                readonly connection: string;
                readonly bytes: number;
            }[];
            /** @description What is not, and why: with the spans it covers the time that was asked for. */
            readonly gaps: readonly {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
                /**
                 * @description `pending`: still being recorded; `paused`: people paused the camera; `made-room`: dropped because the disk was full; `class-expired`: its event's kind allows it no longer; `not-recorded`: nobody said why.
                 * @enum {unknown}
                 */
                readonly reason: "camera-lost" | "paused" | "disk-slow" | "disk-failed" | "by-event" | "made-room" | "class-expired" | "expired" | "pending" | "not-recorded";
            }[];
        };
        readonly Evidence: {
            readonly id: string;
            /** @enum {unknown} */
            readonly state: "waiting" | "making" | "ready" | "failed" | "refused" | "withdrawn" | "expired";
            /** @enum {unknown} */
            readonly form: "original" | "redacted";
            /** @description How much of the bundle is made, 0 to 1. */
            readonly progress: number;
            readonly periods: readonly {
                readonly camera: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
            }[];
            readonly events: readonly string[];
            readonly purpose: string;
            readonly incident?: string;
            readonly legal_basis: {
                /** @enum {unknown} */
                readonly ground: "police-request" | "court-order" | "prosecutor-request" | "legal-claim" | "request-of-person-filmed" | "legal-obligation" | "public-task";
                /** @description The paper that it rests on. */
                readonly reference: string;
            };
            readonly asked_by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly asked_at: string;
            readonly decided_by?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly expires_at?: string;
            readonly bytes?: number;
            /** @description Of the whole bundle. */
            readonly sha256?: string;
            /** @description Of the key that signed it. */
            readonly fingerprint?: string;
            /** @description Whether all of the time is there; the bundle names what is missing, and why. */
            readonly complete?: boolean;
            readonly failure?: string;
            readonly handed: readonly {
                readonly to: string;
                readonly authority: string;
                readonly document: string;
                readonly medium: string;
                readonly by: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
            }[];
        };
        readonly SubjectRequest: {
            readonly id: string;
            /** @enum {unknown} */
            readonly state: "received" | "identified" | "due-soon" | "overdue" | "answered" | "refused" | "withdrawn";
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly due_at: string;
            /** @enum {unknown} */
            readonly law: "gdpr" | "ukraine" | "moldova" | "russia";
            /** @enum {unknown} */
            readonly kind: "access" | "erasure" | "objection";
            readonly requester?: {
                readonly name: string;
                readonly contact: string;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly received_at: string;
            readonly about: {
                readonly description: string;
                readonly cameras: readonly string[];
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
            };
            readonly recorded_by: string;
            readonly identity?: {
                readonly by: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly text: string;
            };
            readonly extended?: {
                readonly by: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly text: string;
            };
            readonly closed?: {
                readonly by: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly text: string;
            };
            /** @description The redacted copy that was the answer. */
            readonly evidence?: string;
        };
        readonly CameraStatistics: {
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly since: string;
            /**
             * @description How it is watched now: a picture a second, every one, key frames only, not at all.
             * @enum {unknown}
             */
            readonly mode: "idle" | "active" | "reduced" | "lost";
            /** @description Shares of the time since then that it was watched in each mode. */
            readonly mode_shares: {
                readonly idle: number;
                readonly active: number;
                readonly reduced: number;
                readonly lost: number;
            };
            /** @description What became of the pictures that were to be looked at. */
            readonly frames: {
                readonly looked: number;
                readonly still: number;
                readonly dropped: number;
                readonly failed: number;
            };
            readonly recorded_bytes: number;
            readonly segments_lost: number;
            readonly packets_dropped: number;
            readonly connections_ended: number;
            /** @description What it sends, of the last ten seconds; absent while it is not connected. */
            readonly stream?: {
                /**
                 * @description It is encoded anew: the figures are those of what is recorded, the drift is the camera's.
                 * @enum {boolean}
                 */
                readonly encoded?: true;
                readonly fps: number;
                readonly bit_rate_kbps: number;
                readonly key_frame_distance_ms?: number;
                /** @description How far its clock moved against ours since it was connected. */
                readonly drift_ms: number;
            };
            /** @description Of a camera with a second stream, which is looked at: what that sends; `stream` is the recorded one then. The difference of the two drifts is how far their clocks have moved apart. */
            readonly sub_stream?: {
                /**
                 * @description It is encoded anew: the figures are those of what is recorded, the drift is the camera's.
                 * @enum {boolean}
                 */
                readonly encoded?: true;
                readonly fps: number;
                readonly bit_rate_kbps: number;
                readonly key_frame_distance_ms?: number;
                /** @description How far its clock moved against ours since it was connected. */
                readonly drift_ms: number;
            };
        };
        readonly CameraViewList: {
            readonly views: readonly {
                /** @description What the camera calls it. */
                readonly token: string;
                /** @description What people call it; may be empty. */
                readonly name: string;
            }[];
        };
        readonly ZoneList: {
            /** @description By camera, then by zone. */
            readonly zones: readonly {
                readonly camera: string;
                /** @description As events name it. */
                readonly zone: string;
                /** @enum {unknown} */
                readonly form: "area" | "line";
                /** @description Its corners, or the line: x, y as shares of the picture, from the top left. */
                readonly points: readonly (readonly number[])[];
                /** @description What is watched for there. */
                readonly rules: readonly string[];
                readonly place?: components["schemas"]["Place"];
            }[];
            /** @description For the next page; absent on the last. */
            readonly cursor?: string;
        };
        readonly PlaceList: {
            /** @description By id. */
            readonly places: readonly {
                /** @description `stop/{stop_id}` or `camera/{id}` */
                readonly id: string;
                /** @enum {unknown} */
                readonly kind: "stop" | "camera";
                readonly name: string;
                readonly latitude: number;
                readonly longitude: number;
            }[];
            /** @description For the next page; absent on the last. */
            readonly cursor?: string;
        };
        readonly PassageList: {
            /** @description By when each was nearest. */
            readonly passages: readonly {
                readonly vehicle_id: string;
                /**
                 * @description Whether it is told by its positions, or by nothing but its call at a stop here.
                 * @enum {unknown}
                 */
                readonly basis: "positions" | "stop-visit";
                /**
                 * Format: date-time
                 * @description When it came in, going straight between its positions; or arrived.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * Format: date-time
                 * @description When it left.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly nearest_at: string;
                readonly nearest_m: number;
                /** @description At stops within the circle, meanwhile. */
                readonly calls: readonly {
                    readonly occurrence: string;
                    readonly stop_id: string;
                    readonly stop_name?: string;
                    readonly route_id: string;
                    readonly route_short_name?: string;
                    readonly trip_id: string;
                    readonly service_date: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly arrived_at: string;
                }[];
            }[];
            /**
             * Format: date-time
             * @description Positions are kept completely since then; of before only calls at stops are sure to be told. Absent where none are kept.
             * @example 2026-11-22T12:00:00Z
             */
            readonly positions_since?: string;
            /** @description False where more than 1000 are left out, or more calls than are looked through: ask for less. */
            readonly complete: boolean;
        };
        readonly OgcLink: {
            readonly href: string;
            readonly rel: string;
            readonly type: string;
            readonly title?: string;
        };
        readonly OgcLanding: {
            readonly title: string;
            readonly description: string;
            readonly links: readonly components["schemas"]["OgcLink"][];
        };
        readonly OgcConformance: {
            readonly conformsTo: readonly string[];
        };
        readonly OgcCollection: {
            readonly id: string;
            readonly title: string;
            readonly description: string;
            /** @enum {string} */
            readonly itemType: "feature";
            readonly crs: readonly string[];
            readonly extent: {
                readonly spatial: {
                    readonly bbox: readonly (readonly number[])[];
                    readonly crs: string;
                };
                readonly temporal?: {
                    readonly interval: readonly (readonly (string | null)[])[];
                    readonly trs: string;
                };
            };
            readonly links: readonly components["schemas"]["OgcLink"][];
        };
        readonly OgcCollections: {
            readonly links: readonly components["schemas"]["OgcLink"][];
            readonly collections: readonly components["schemas"]["OgcCollection"][];
        };
        readonly PlaceFeature: {
            /** @enum {string} */
            readonly type: "Feature";
            readonly id: string;
            readonly geometry: {
                /** @enum {string} */
                readonly type: "Point";
                readonly coordinates: readonly number[];
            } | null;
            readonly properties: {
                /** @enum {unknown} */
                readonly kind: "stop" | "camera";
                readonly name: string;
            } & {
                readonly [key: string]: unknown;
            };
            readonly links?: readonly components["schemas"]["OgcLink"][];
        };
        readonly PlaceFeatures: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly components["schemas"]["PlaceFeature"][];
            readonly links: readonly components["schemas"]["OgcLink"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly timeStamp: string;
            readonly numberReturned: number;
        };
        readonly VehicleFeature: {
            /** @enum {string} */
            readonly type: "Feature";
            readonly id: string;
            readonly geometry: {
                /** @enum {string} */
                readonly type: "Point";
                readonly coordinates: readonly number[];
            } | null;
            readonly properties: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly speed_mps?: number;
                /** @description Clockwise from north */
                readonly course_deg?: number;
                readonly route_id?: string;
                readonly trip_id?: string;
                readonly service_date?: string;
                readonly headsign?: string;
                /** @description Positive is late */
                readonly delay_s?: number;
                /** @description The stop that it comes to next */
                readonly stop_id?: string;
            } & {
                readonly [key: string]: unknown;
            };
            readonly links?: readonly components["schemas"]["OgcLink"][];
        };
        readonly VehicleFeatures: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly components["schemas"]["VehicleFeature"][];
            readonly links: readonly components["schemas"]["OgcLink"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly timeStamp: string;
            readonly numberReturned: number;
        };
        readonly EventFeature: {
            /** @enum {string} */
            readonly type: "Feature";
            readonly id: string;
            readonly geometry: {
                /** @enum {string} */
                readonly type: "Point";
                readonly coordinates: readonly number[];
            } | null;
            readonly properties: {
                /** @enum {string} */
                readonly specversion: "1.0";
                /** @description {occurrence}.{revision} */
                readonly id: string;
                /** @description camera/{id} or feed/{id} */
                readonly source: string;
                readonly type: string;
                /**
                 * Format: date-time
                 * @description The occurrence's anchor: observed or scheduled, never corrected.
                 */
                readonly time: string;
                /** @enum {string} */
                readonly datacontenttype: "application/json";
                readonly dataschema: string;
                readonly revision: number;
                readonly state: "open" | "updated" | "closed" | "withdrawn";
                readonly tenant: string;
                readonly severity: "info" | "notice" | "alarm";
                /** @description RFC 5870 geo URI */
                readonly place?: string;
                readonly correlationid?: string;
                readonly backfilled?: boolean;
                readonly data: {
                    readonly [key: string]: unknown;
                };
                readonly sentence: components["schemas"]["Sentence"];
                /** @description What people attached it to. */
                readonly incidents?: readonly {
                    readonly id: string;
                    readonly title: string;
                    readonly state: string;
                }[];
                /** @description Where it is told whole. */
                readonly event: string;
            } & {
                readonly [key: string]: unknown;
            };
            readonly links?: readonly components["schemas"]["OgcLink"][];
        };
        readonly EventFeatures: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly components["schemas"]["EventFeature"][];
            readonly links: readonly components["schemas"]["OgcLink"][];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly timeStamp: string;
            readonly numberReturned: number;
        };
        readonly Hold: {
            readonly id: string;
            readonly camera: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly from: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly to: string;
            readonly reason?: string;
            readonly legal_basis?: string;
            /** @description Who holds it. */
            readonly owner?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly until?: string;
            /**
             * @description `ends-soon`: within a week. What is over is listed for a month.
             * @enum {unknown}
             */
            readonly state: "holding" | "ends-soon" | "released" | "expired";
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly ended_at?: string;
            readonly ended_by?: string;
            readonly ended_why?: string;
        };
        readonly StopCollection: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly {
                /** @enum {string} */
                readonly type: "Feature";
                readonly geometry: {
                    /** @enum {string} */
                    readonly type: "Point";
                    readonly coordinates: readonly number[];
                };
                readonly properties: {
                    readonly stop_id: string;
                    readonly stop_name: string;
                    /** @description The neighbour whose it is; absent for our own. */
                    readonly shared_by?: string;
                };
            }[];
        };
        readonly StopReportList: {
            /** @description In the order of time. */
            readonly counts: readonly {
                /**
                 * Format: date-time
                 * @description When the hour begins.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly hour: string;
                readonly stop_id: string;
                /** @description Absent where nobody said which line. */
                readonly route_id?: string;
                /** @description How many said that it did not come. */
                readonly reports: number;
                /** @description Trips of the line that no vehicle was seen on, from an hour and a half before. */
                readonly missed_trips: number;
            }[];
        };
        readonly StopArrivals: {
            readonly stop: {
                readonly stop_id: string;
                readonly stop_name: string;
                readonly latitude: number;
                readonly longitude: number;
                /** @description The neighbour whose it is. */
                readonly shared_by?: string;
            };
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at: string;
            /**
             * Format: date-time
             * @description When any vehicle of the town was last heard of; absent where none ever was.
             * @example 2026-11-22T12:00:00Z
             */
            readonly heard_at?: string;
            /** @description IANA name: in which to show these instants */
            readonly timezone: string;
            /** @description What passengers at this stop should know now. */
            readonly alerts: readonly {
                readonly id: string;
                /** @description As GTFS-Realtime names it. */
                readonly effect: string;
                readonly header: components["schemas"]["Sentence"];
                readonly description?: components["schemas"]["Sentence"];
                readonly concerns: readonly {
                    readonly route_id?: string;
                    readonly stop_id?: string;
                    readonly trip_id?: string;
                    readonly service_date?: string;
                }[];
                readonly periods: readonly {
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly from: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly until?: string;
                }[];
            }[];
            /** @description Soonest first */
            readonly arrivals: readonly {
                readonly route_id: string;
                readonly route_short_name: string;
                /** @description Six hex digits without # */
                readonly route_color: string;
                readonly headsign?: string;
                readonly trip_id: string;
                /** @description YYYYMMDD */
                readonly service_date: string;
                readonly stop_sequence: number;
                readonly vehicle_id?: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly scheduled_at: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly predicted_at: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly low?: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly high?: string;
                /** @description predicted_at minus scheduled_at */
                readonly delay_s: number;
                /** @enum {unknown} */
                readonly basis: "live" | "timetable" | "lost";
                /**
                 * @description It should have come up to ten minutes ago: it did not, or nobody knows.
                 * @enum {unknown}
                 */
                readonly overdue?: "missed" | "unknown";
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly signal_at?: string;
                /** @description True: the trip does not run. */
                readonly cancelled?: boolean;
                /**
                 * @description Why it passes this stop by.
                 * @enum {unknown}
                 */
                readonly skipped?: "stop-closed" | "detour";
                readonly reason: components["schemas"]["Sentence"];
                /** @description The neighbour whose it is; absent for our own. */
                readonly shared_by?: string;
            }[];
        };
        readonly StopTimetable: {
            readonly stop: {
                readonly stop_id: string;
                readonly stop_name: string;
            };
            /** @description IANA name: in which to show these instants */
            readonly timezone: string;
            /**
             * Format: date-time
             * @description The beginning of today's service day.
             * @example 2026-11-22T12:00:00Z
             */
            readonly from: string;
            /**
             * Format: date-time
             * @description Exclusive: what comes later is not in it.
             * @example 2026-11-22T12:00:00Z
             */
            readonly until: string;
            /** @description A line with two headsigns stands twice. */
            readonly lines: readonly {
                readonly route_id: string;
                readonly route_short_name: string;
                /** @description Six hex digits without # */
                readonly route_color: string;
                readonly headsign?: string;
                /** @description Soonest first. */
                readonly scheduled_at: readonly string[];
            }[];
        };
        readonly PushKey: {
            /** @description RFC 8292, base64url: what `PushManager.subscribe` wants. */
            readonly public_key: string;
        };
        readonly KeptReminder: {
            /** @description Takes the reminder back; only who asked for it knows it. */
            readonly id: string;
            /**
             * Format: date-time
             * @description Then it is forgotten, told or not.
             * @example 2026-11-22T12:00:00Z
             */
            readonly ends_at: string;
        };
        readonly LineCollection: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly {
                /** @enum {string} */
                readonly type: "Feature";
                readonly geometry: {
                    /** @enum {string} */
                    readonly type: "MultiLineString";
                    readonly coordinates: readonly (readonly (readonly number[])[])[];
                };
                readonly properties: {
                    readonly route_id: string;
                    readonly route_short_name: string;
                    readonly route_long_name: string;
                    /** @description Six hex digits without # */
                    readonly route_color: string;
                    /** @description Where it calls, in no order. */
                    readonly stop_ids?: readonly string[];
                    /** @description The neighbour whose it is; absent for our own. */
                    readonly shared_by?: string;
                };
            }[];
        };
        readonly VehicleCollection: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly {
                /** @enum {string} */
                readonly type: "Feature";
                readonly geometry: {
                    /** @enum {string} */
                    readonly type: "Point";
                    readonly coordinates: readonly number[];
                };
                readonly properties: {
                    readonly vehicle_id: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly at: string;
                    readonly speed_mps?: number;
                    /** @description Clockwise from north */
                    readonly course_deg?: number;
                    readonly route_id?: string;
                    readonly route_short_name?: string;
                    readonly route_color?: string;
                    readonly trip_id?: string;
                    readonly headsign?: string;
                    /** @description Positive is late */
                    readonly delay_s?: number;
                    /** @description The stop that it comes to next */
                    readonly stop_id?: string;
                    /** @description The neighbour whose it is; absent for our own. */
                    readonly shared_by?: string;
                };
            }[];
        };
        readonly AlertList: {
            readonly alerts: readonly {
                readonly id: string;
                /** @description As GTFS-Realtime names it. */
                readonly effect: string;
                readonly header: components["schemas"]["Sentence"];
                readonly description?: components["schemas"]["Sentence"];
                readonly concerns: readonly {
                    readonly route_id?: string;
                    readonly stop_id?: string;
                    readonly trip_id?: string;
                    readonly service_date?: string;
                }[];
                readonly periods: readonly {
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly from: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly until?: string;
                }[];
            }[];
        };
        readonly AskedOrder: {
            readonly what: {
                /** @enum {string} */
                readonly order: "assign";
                readonly vehicle_id: string;
                readonly duty: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly block_id: string;
                } | {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
            } | {
                /** @enum {string} */
                readonly order: "swap";
                readonly vehicle_id: string;
                readonly with_vehicle_id: string;
            } | {
                /** @enum {string} */
                readonly order: "cancel";
                readonly run: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
            } | {
                /** @enum {string} */
                readonly order: "add";
                readonly like: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
                /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                readonly start_time: string;
            } | {
                /** @enum {string} */
                readonly order: "detour";
                readonly feed?: string;
                readonly route_id: string;
                readonly from_stop_id: string;
                readonly to_stop_id: string;
            } | {
                /** @enum {string} */
                readonly order: "close-stop";
                readonly feed?: string;
                readonly stop_id: string;
            } | {
                /** @enum {string} */
                readonly order: "alert";
                readonly concerns: readonly ({
                    readonly feed?: string;
                    readonly route_id: string;
                } | {
                    readonly feed?: string;
                    readonly stop_id: string;
                } | {
                    readonly run: {
                        readonly feed?: string;
                        /** @description Service day, YYYYMMDD. */
                        readonly service_date: string;
                        readonly trip_id: string;
                        /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                        readonly start_time?: string;
                    };
                })[];
                readonly text: {
                    readonly template: string;
                    readonly values: {
                        readonly [key: string]: string | number;
                    };
                } | {
                    readonly header: {
                        readonly uk: string;
                        readonly ru: string;
                        readonly en: string;
                    };
                    readonly description?: {
                        readonly uk: string;
                        readonly ru: string;
                        readonly en: string;
                    };
                    /** @enum {unknown} */
                    readonly effect: "NO_SERVICE" | "REDUCED_SERVICE" | "SIGNIFICANT_DELAYS" | "DETOUR" | "ADDITIONAL_SERVICE" | "MODIFIED_SERVICE" | "OTHER_EFFECT" | "STOP_MOVED";
                };
                /** @description When it holds; without it, from `from` until `until`. */
                readonly periods?: readonly {
                    /**
                     * Format: date-time
                     * @description RFC 3339
                     */
                    readonly from: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339
                     */
                    readonly until?: string;
                }[];
            } | {
                /** @enum {string} */
                readonly order: "undo";
                readonly of: string;
            };
            /** @description Who orders it. */
            readonly by: string;
            /** @description For whoever reads it tomorrow. */
            readonly why: string;
            /**
             * Format: date-time
             * @description In force from; now without it.
             */
            readonly from?: string;
            /**
             * Format: date-time
             * @description In force until. A detour, a closed stop need one; what is about runs ends with them.
             */
            readonly until?: string;
            /** @description `revision` of the list that the person saw: a newer one refuses the order. */
            readonly seen_revision?: number;
        };
        readonly Order: {
            /** @description Counts up from 1. */
            readonly id: string;
            /**
             * Format: date-time
             * @description When it was given.
             */
            readonly at: string;
            readonly by: string;
            readonly why: string;
            /** Format: date-time */
            readonly from: string;
            /** Format: date-time */
            readonly until?: string;
            readonly what: {
                /** @enum {string} */
                readonly order: "assign";
                readonly vehicle_id: string;
                readonly duty: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly block_id: string;
                } | {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
            } | {
                /** @enum {string} */
                readonly order: "swap";
                readonly vehicle_id: string;
                readonly with_vehicle_id: string;
            } | {
                /** @enum {string} */
                readonly order: "cancel";
                readonly run: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
            } | {
                /** @enum {string} */
                readonly order: "add";
                readonly like: {
                    readonly feed?: string;
                    /** @description Service day, YYYYMMDD. */
                    readonly service_date: string;
                    readonly trip_id: string;
                    /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                    readonly start_time?: string;
                };
                /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                readonly start_time: string;
            } | {
                /** @enum {string} */
                readonly order: "detour";
                readonly feed?: string;
                readonly route_id: string;
                readonly from_stop_id: string;
                readonly to_stop_id: string;
            } | {
                /** @enum {string} */
                readonly order: "close-stop";
                readonly feed?: string;
                readonly stop_id: string;
            } | {
                /** @enum {string} */
                readonly order: "alert";
                readonly concerns: readonly ({
                    readonly feed?: string;
                    readonly route_id: string;
                } | {
                    readonly feed?: string;
                    readonly stop_id: string;
                } | {
                    readonly run: {
                        readonly feed?: string;
                        /** @description Service day, YYYYMMDD. */
                        readonly service_date: string;
                        readonly trip_id: string;
                        /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                        readonly start_time?: string;
                    };
                })[];
                readonly text: {
                    readonly template: string;
                    readonly values: {
                        readonly [key: string]: string | number;
                    };
                } | {
                    readonly header: {
                        readonly uk: string;
                        readonly ru: string;
                        readonly en: string;
                    };
                    readonly description?: {
                        readonly uk: string;
                        readonly ru: string;
                        readonly en: string;
                    };
                    /** @enum {unknown} */
                    readonly effect: "NO_SERVICE" | "REDUCED_SERVICE" | "SIGNIFICANT_DELAYS" | "DETOUR" | "ADDITIONAL_SERVICE" | "MODIFIED_SERVICE" | "OTHER_EFFECT" | "STOP_MOVED";
                };
                /** @description When it holds; without it, from `from` until `until`. */
                readonly periods?: readonly {
                    /**
                     * Format: date-time
                     * @description RFC 3339
                     */
                    readonly from: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339
                     */
                    readonly until?: string;
                }[];
            } | {
                /** @enum {string} */
                readonly order: "undo";
                readonly of: string;
            };
            /** @description Of a swap: what `vehicle_id` goes on with; `gives` the other one. */
            readonly takes?: readonly ({
                readonly feed?: string;
                /** @description Service day, YYYYMMDD. */
                readonly service_date: string;
                readonly block_id: string;
            } | {
                readonly feed?: string;
                /** @description Service day, YYYYMMDD. */
                readonly service_date: string;
                readonly trip_id: string;
                /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                readonly start_time?: string;
            })[];
            readonly gives?: readonly ({
                readonly feed?: string;
                /** @description Service day, YYYYMMDD. */
                readonly service_date: string;
                readonly block_id: string;
            } | {
                readonly feed?: string;
                /** @description Service day, YYYYMMDD. */
                readonly service_date: string;
                readonly trip_id: string;
                /** @description HH:MM:SS of the service day; may pass 24:00:00. */
                readonly start_time?: string;
            })[];
        };
        readonly OrderList: {
            /** @description Grows with each order; give it back as `seen_revision`. */
            readonly revision: number;
            /** @description Newest first */
            readonly orders: readonly {
                readonly order: components["schemas"]["Order"];
                /** @enum {unknown} */
                readonly state: "coming" | "in-force" | "ended" | "undone";
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly ends_at?: string;
                /** @description The order that undid it. */
                readonly undone_by?: string;
            }[];
        };
        readonly BlockList: {
            readonly blocks: readonly {
                readonly feed: string;
                /** @description YYYYMMDD */
                readonly service_date: string;
                /** @description Absent for a run that is in no block. */
                readonly block_id?: string;
                /** @description By first departure */
                readonly runs: readonly {
                    readonly trip_id: string;
                    readonly start_time?: string;
                    readonly route_id: string;
                    readonly headsign?: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly starts_at: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly ends_at: string;
                    readonly cancelled: boolean;
                    readonly added: boolean;
                }[];
                /** @description Vehicles that people gave it to. */
                readonly assigned: readonly string[];
                /** @description Vehicles that are seen to drive it now. */
                readonly driven_by: readonly {
                    readonly vehicle_id: string;
                    readonly trip_id: string;
                    /** @description How sure that is, in (0, 1] */
                    readonly confidence: number;
                }[];
            }[];
        };
        readonly DispatchVehicleList: {
            readonly vehicles: readonly {
                readonly vehicle_id: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly latitude: number;
                readonly longitude: number;
                readonly speed_mps?: number;
                /** @description Clockwise from north */
                readonly course_deg?: number;
                readonly feed?: string;
                readonly service_date?: string;
                readonly trip_id?: string;
                readonly start_time?: string;
                readonly route_id?: string;
                /** @description Positive is late */
                readonly delay_s?: number;
                /** @description How sure its run is, in (0, 1] */
                readonly confidence?: number;
                readonly parked: boolean;
            }[];
        };
        readonly PublicPositionsState: {
            /** @description 0: nobody decided anything, everything is shown. */
            readonly revision: number;
            readonly policy: {
                readonly town: {
                    /** @enum {string} */
                    readonly show: "on";
                } | {
                    /** @enum {string} */
                    readonly show: "delayed";
                    readonly delay_min: number;
                } | {
                    /** @enum {string} */
                    readonly show: "coarsened";
                    readonly grid_m: number;
                } | {
                    /** @enum {string} */
                    readonly show: "off";
                };
                readonly lines: readonly {
                    readonly feed?: string;
                    readonly route_id: string;
                    readonly exposure: {
                        /** @enum {string} */
                        readonly show: "on";
                    } | {
                        /** @enum {string} */
                        readonly show: "delayed";
                        readonly delay_min: number;
                    } | {
                        /** @enum {string} */
                        readonly show: "coarsened";
                        readonly grid_m: number;
                    } | {
                        /** @enum {string} */
                        readonly show: "off";
                    };
                }[];
                readonly vehicles: readonly {
                    readonly vehicle_id: string;
                    readonly exposure: {
                        /** @enum {string} */
                        readonly show: "on";
                    } | {
                        /** @enum {string} */
                        readonly show: "delayed";
                        readonly delay_min: number;
                    } | {
                        /** @enum {string} */
                        readonly show: "coarsened";
                        readonly grid_m: number;
                    } | {
                        /** @enum {string} */
                        readonly show: "off";
                    };
                }[];
            };
            readonly by?: string;
            readonly why?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly at?: string;
        };
        readonly PublicCameraList: {
            /** @description Whom to write to about cameras. */
            readonly contact?: string;
            /** @description The data protection officer. */
            readonly officer?: string;
            readonly cameras: readonly {
                readonly id: string;
                readonly name: string;
                readonly place?: components["schemas"]["Place"];
                readonly purpose: string;
                readonly legal_basis: string;
                readonly controller: string;
                readonly retention_h: number;
                /** @enum {unknown} */
                readonly mask_form: "none-needed" | "burnt-in" | "in-camera";
                /** @description Footage from disk: nobody is filmed. */
                readonly recorded: boolean;
                /** @description Whether it sees anything now; not while it is paused, lost or closed. */
                readonly films: boolean;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly paused_until?: string;
                /** @enum {unknown} */
                readonly sign?: "posted" | "stale" | "not-yet" | "not-needed";
                readonly sign_version?: string;
            }[];
        };
        readonly PublicCounts: {
            readonly day: string;
            /** @description Fewer than this are not told. */
            readonly counts_min: number;
            /** @description Fixed by the town; they do not overlap. */
            readonly areas: readonly {
                readonly id: string;
                readonly name: string;
                /** @description Whole past hours, an hour after their end. */
                readonly hours: readonly {
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly from: string;
                    /** @description Stays that began in this hour; absent where they are fewer. */
                    readonly count?: number;
                }[];
            }[];
        };
        readonly UnknownTrackerList: {
            /** @description The last heard first. */
            readonly trackers: readonly {
                readonly protocol: string;
                /** @description IMEI or serial number. */
                readonly device_id: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly first_seen_at: string;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly last_seen_at: string;
            }[];
        };
        readonly Review: {
            readonly report: string;
            /** @description What the figures mean, as it should stand beside them. */
            readonly definition: string;
            /** @description How much of what was planned was seen: what was not is in no figure. */
            readonly completeness: {
                readonly planned_trips: number;
                readonly seen_trips: number;
                readonly planned_calls: number;
                readonly seen_calls: number;
            };
            /** @description Service days of the question, and those of which anything was recorded. */
            readonly days: {
                readonly asked: number;
                readonly recorded: number;
                /**
                 * Format: date
                 * @description A service day, as 2026-10-01
                 */
                readonly first?: string;
                /**
                 * Format: date
                 * @description A service day, as 2026-10-01
                 */
                readonly last?: string;
                /** @description Days on which another timetable begins: figures before and after it are of two plans. */
                readonly timetable_changes: readonly string[];
            };
            readonly rows: readonly {
                readonly [key: string]: unknown;
            }[];
        };
        readonly DayReplay: {
            /** @description In the order of time: who plays them chooses the speed. */
            readonly moments: readonly {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                /** @enum {unknown} */
                readonly what: "arrived" | "departed";
                readonly feed: string;
                readonly route_id: string;
                readonly trip_id: string;
                readonly start_time?: string;
                readonly vehicle_id: string;
                readonly stop_id: string;
                readonly stop_sequence: number;
                readonly delay_s: number;
                readonly place?: components["schemas"]["Place"];
            }[];
            /**
             * Format: date-time
             * @description Ask on with `since`; absent at the end of the day.
             * @example 2026-11-22T12:00:00Z
             */
            readonly next?: string;
        };
        readonly LineDay: {
            /**
             * Format: date-time
             * @description Of the service day, by GTFS: noon minus twelve hours.
             * @example 2026-11-22T12:00:00Z
             */
            readonly begins_at: string;
            readonly patterns: readonly {
                readonly direction_id: number | null;
                /** @description In driving order, with the distance along the way. */
                readonly stops: readonly {
                    readonly stop_id: string;
                    readonly at_m: number;
                }[];
            }[];
            /** @description By planned start. */
            readonly trips: readonly {
                readonly feed: string;
                readonly trip_id: string;
                readonly start_time?: string;
                /** @description Index in `patterns`; times are one a stop of it. */
                readonly pattern: number;
                readonly cancelled: boolean;
                readonly arrival_s: readonly number[];
                readonly departure_s: readonly number[];
                /** @description Who was seen on it, and when; null where they were not seen. */
                readonly drives: readonly {
                    readonly vehicle_id: string;
                    readonly arrival_s: readonly (number | null)[];
                    readonly departure_s: readonly (number | null)[];
                }[];
            }[];
            /** @description Of trips that no timetable at hand has that day. */
            readonly unknown_visits: number;
        };
        readonly SegmentCollection: {
            /** @enum {string} */
            readonly type: "FeatureCollection";
            readonly features: readonly {
                /** @enum {string} */
                readonly type: "Feature";
                readonly geometry: {
                    /** @enum {string} */
                    readonly type: "LineString";
                    readonly coordinates: readonly (readonly number[])[];
                };
                readonly properties: {
                    readonly feed: string;
                    readonly stop_id: string;
                    readonly next_stop_id: string;
                    readonly length_m: number;
                    /** @description The lines that drive it. */
                    readonly route_ids: readonly string[];
                };
            }[];
        };
        readonly Town: {
            readonly name: string;
            readonly tenant: string;
            /** @description True for the invented town: show it on every screen. */
            readonly simulated: boolean;
            /** @description IANA name */
            readonly timezone: string;
            /** @description west, south, east, north around every stop and camera; absent where none has a place */
            readonly bounds?: readonly number[];
            readonly cameras: number;
            readonly stops: number;
            /** @description Those that are shown. */
            readonly vehicles: number;
            /** @description True while it was decided to hide where vehicles are: say so on every screen. */
            readonly positions_unavailable?: boolean;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly now: string;
        };
        readonly Health: {
            /** @description Whether everything that must run runs. */
            readonly healthy: boolean;
            readonly parts: readonly {
                readonly name: string;
                readonly running: boolean;
                /** @description Whether the town works at all without it. */
                readonly required: boolean;
                /** @description What is wrong or what it waits for, in English. */
                readonly detail?: string;
                /**
                 * @description The same, stable, for programs and pages.
                 * @enum {unknown}
                 */
                readonly code?: "ended" | "camera-connecting" | "camera-reduced" | "camera-ended" | "camera-silent" | "camera-refused" | "camera-frozen" | "camera-not-video" | "camera-mask-broken" | "camera-box-silent" | "camera-paused" | "camera-closed" | "camera-settings-refused" | "feed-waiting" | "feed-silent" | "feed-unreachable" | "feed-refused" | "feed-broken" | "feed-stale" | "feed-clock" | "neighbour-waiting" | "neighbour-lost" | "settings-refused" | "settings-restart" | "certificate-absent" | "certificate-unusable" | "checkpoint-unsent" | "audit-room" | "requests-due" | "timetable-refused" | "timetable-away" | "timetable-ends";
                /** @description What the words of a code need. */
                readonly values?: {
                    readonly [key: string]: string | number;
                };
            }[];
        };
        readonly Session: {
            /**
             * @description Open: of the invented town everybody may see everything.
             * @enum {unknown}
             */
            readonly doors: "open" | "accounts";
            /** @description There is no account yet: the first one is to be made. */
            readonly set_up: boolean;
            /** @description Absent for whoever did not sign in. */
            readonly login?: string;
            readonly name?: string;
            /** @description What whoever asks may do here. */
            readonly rights: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
            /** @description Whether signing in takes a second factor. */
            readonly has_totp?: boolean;
            /** @description Where the town has a provider: GET /v1/session/oidc signs in there. */
            readonly outside?: {
                /** @description The town's OpenID provider, as people call it. */
                readonly name: string;
                /** @description Whoever asks signed in there: their password is kept there. */
                readonly is_owner: boolean;
                /** @description Where they sign out of it, too. */
                readonly sign_out_url?: string;
            };
        };
        readonly Person: {
            readonly login: string;
            readonly name: string;
            readonly grants: readonly {
                readonly tenant: string;
                /** @enum {unknown} */
                readonly role: "dispatcher" | "planner" | "administrator" | "privacy-officer" | "operator";
                readonly also?: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
                readonly cameras?: readonly string[];
                readonly districts?: readonly string[];
                readonly partner?: string;
            }[];
            readonly locked: boolean;
            /** @description Whether signing in takes a second factor. */
            readonly has_totp: boolean;
            /** @description Signs in at the town's provider, which says what they may. */
            readonly outside: boolean;
            /** @description In quotes it is the `ETag` to change it by. */
            readonly revision: number;
        };
        /** @description What one town gives another of a line over the border. */
        readonly Share: {
            readonly id: string;
            readonly from: {
                readonly tenant: string;
                readonly name: string;
                /** @description Who signed for it, by name. */
                readonly signed_by: string;
            };
            readonly to: {
                readonly tenant: string;
                readonly name: string;
                /** @description Who signed for it, by name. */
                readonly signed_by: string;
            };
            readonly route_ids: readonly string[];
            readonly what: readonly ("vehicles" | "arrivals")[];
            readonly purpose: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly until?: string;
            readonly in_force: boolean;
            readonly ended?: {
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                readonly by: string;
                readonly why: string;
            };
        };
        readonly SharedLines: {
            readonly from: {
                readonly tenant: string;
                readonly name: string;
            };
            readonly purpose: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly until?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at: string;
            readonly lines: readonly {
                readonly route_id: string;
                readonly route_short_name: string;
                readonly route_long_name: string;
                readonly route_color: string;
                readonly shapes: readonly (readonly {
                    readonly latitude: number;
                    readonly longitude: number;
                }[])[];
            }[];
            readonly stops: readonly {
                readonly stop_id: string;
                readonly stop_name: string;
                readonly latitude: number;
                readonly longitude: number;
            }[];
            readonly vehicles: readonly {
                readonly vehicle_id: string;
                /** @description Epoch milliseconds. */
                readonly at_ms: number;
                readonly latitude: number;
                readonly longitude: number;
                readonly speed_mps?: number;
                readonly course_deg?: number;
                readonly run?: {
                    readonly feed: string;
                    readonly service_date: string;
                    readonly trip_id: string;
                    readonly start_time?: string;
                    readonly route_id: string;
                    /** @enum {boolean} */
                    readonly added?: true;
                };
                readonly headsign?: string;
                readonly delay_s?: number;
                readonly stop_id?: string;
                readonly stop_sequence?: number;
            }[];
            readonly arrivals: readonly {
                readonly run: {
                    readonly feed: string;
                    readonly service_date: string;
                    readonly trip_id: string;
                    readonly start_time?: string;
                    readonly route_id: string;
                    /** @enum {boolean} */
                    readonly added?: true;
                };
                readonly stop_id: string;
                readonly stop_sequence: number;
                readonly headsign?: string;
                /** @description Epoch milliseconds. */
                readonly scheduled_at_ms: number;
                /** @description Epoch milliseconds. */
                readonly predicted_at_ms: number;
                /** @description Epoch milliseconds. */
                readonly low_ms?: number;
                /** @description Epoch milliseconds. */
                readonly high_ms?: number;
                /** @enum {unknown} */
                readonly basis: "live" | "timetable" | "lost";
                /** @enum {unknown} */
                readonly overdue?: "missed" | "unknown";
                readonly vehicle_id?: string;
                /** @enum {boolean} */
                readonly next_run?: true;
                /** @description Epoch milliseconds. */
                readonly signal_at_ms?: number;
                /** @enum {boolean} */
                readonly cancelled?: true;
                /** @enum {unknown} */
                readonly skipped?: "stop-closed" | "detour";
                /** @enum {boolean} */
                readonly withheld?: true;
            }[];
        };
        readonly ApiToken: {
            readonly id: string;
            readonly what_for: string;
            readonly rights: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly made_at: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly expires_at: string;
            /**
             * Format: date-time
             * @description To the hour; absent where it never was.
             * @example 2026-11-22T12:00:00Z
             */
            readonly used_at?: string;
        };
        readonly AuditLogPage: {
            /** @description Newest first. */
            readonly entries: readonly {
                /** @description Its number in the chain. */
                readonly seq: number;
                /**
                 * Format: date-time
                 * @description RFC 3339, UTC
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly at: string;
                /** @description A login; `(box)` is Yardline itself, `(nobody)` who did not sign in. */
                readonly who: string;
                /** @description The address that it was asked from. */
                readonly from: string;
                /** @enum {unknown} */
                readonly action: "look" | "search" | "live" | "export" | "unmask" | "hold" | "release" | "delete" | "pause" | "configure" | "sign-in" | "people" | "incident" | "shift" | "evidence" | "request" | "share" | "audit" | "log";
                readonly object: {
                    readonly kind: string;
                    readonly id: string;
                };
                readonly purpose?: string;
                readonly incident?: string;
                readonly details?: {
                    readonly [key: string]: string | number | boolean;
                };
            }[];
            /** @description For the next page, also after a short one; absent on the last. */
            readonly cursor?: string;
        };
        readonly AuditProof: {
            /** @description Read, and found in their place. */
            readonly entries: number;
            readonly first_seq?: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly first_at?: string;
            readonly last_seq?: number;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly last_at?: string;
            /** @description What is not as it must be; the first 100. */
            readonly findings: readonly {
                /** @enum {unknown} */
                readonly kind: "changed" | "missing" | "unfinished" | "cut" | "rebuilt" | "checkpoint";
                readonly place: string;
                readonly message: string;
            }[];
            readonly findings_count: number;
            /** @description So many entries are proven by a checkpoint that was given; what is behind them could have been cut off or written anew by whoever has the key of this machine. */
            readonly proven: number;
            /** @description The same in sentences. */
            readonly unproven: readonly string[];
            /** @description Which key was believed; compare it with a copy kept elsewhere. */
            readonly key?: string;
        };
        readonly SettingsOwner: {
            /**
             * @description Where they are changed; on the pages only where it says so.
             * @enum {unknown}
             */
            readonly by: "file" | "command-line" | "demonstration" | "region" | "pages";
            /** @description Of the file. */
            readonly name?: string;
        };
        readonly TownSettings: {
            readonly owner: components["schemas"]["SettingsOwner"];
            readonly cameras_owner: components["schemas"]["SettingsOwner"];
            /** @description As in a town.yaml: files are named, of addresses only scheme and host are shown. */
            readonly settings: {
                readonly [key: string]: unknown;
            };
        };
        readonly CameraSettings: {
            readonly id: string;
            /** @description The `ETag`; absent where a file has them. */
            readonly revision?: number;
            readonly changed_by?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly changed_at?: string;
            /** @description As a camera stands in a town.yaml; never its address. */
            readonly settings: {
                readonly [key: string]: unknown;
            };
        };
        readonly SectionSettings: {
            readonly id: string;
            readonly owner: components["schemas"]["SettingsOwner"];
            /**
             * @description When a change is in use.
             * @enum {unknown}
             */
            readonly applies: "at-once" | "restart";
            /** @description Whether what is kept waits for a restart. */
            readonly waits: boolean;
            /** @description The `ETag`; 0 where no page has set it. */
            readonly revision: number;
            readonly changed_by?: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly changed_at?: string;
            /** @description As it stands in a town.yaml; of addresses only scheme and host, of secrets their names. */
            readonly value?: unknown;
        };
        /** @description One picture, in memory, for whoever had it taken. */
        readonly SetUpStill: {
            readonly id: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly expires_at: string;
        };
        readonly CameraProbe: {
            /** @description As in h264. */
            readonly codec: string;
            readonly profile?: string;
            readonly width_px: number;
            readonly height_px: number;
            readonly fps: number;
            readonly bit_rate_kbps: number;
            readonly key_frame_distance_s?: number;
            /** @description CPU milliseconds a second on this machine, without the detector. */
            readonly cost: {
                /** @description Recorded as it comes. */
                readonly copy_ms?: number;
                /** @description Looked at while something moves. */
                readonly look_ms: number;
                /** @description Painted, encoded anew and looked at. */
                readonly burnt_in_ms: number;
            };
            /** @description What to change in the camera, in English. */
            readonly advice: readonly string[];
            readonly still: components["schemas"]["SetUpStill"];
        };
        readonly TimetableFindings: {
            /** @description A service day, as 20261130. */
            readonly checked_on?: string;
            /** @description Errors first. */
            readonly findings: readonly {
                /** @description Notice code of the canonical GTFS validator. */
                readonly code: string;
                /** @enum {unknown} */
                readonly severity: "ERROR" | "WARNING" | "INFO";
                readonly count: number;
                /** @description The first ones, with their place. */
                readonly examples: readonly {
                    readonly file: string;
                    /** @description Counted from 1 for the header; 0 where the whole file is meant. */
                    readonly line: number;
                    readonly text: string;
                }[];
            }[];
        };
        readonly TimetableOffer: {
            /** @description SHA-256 of the file. */
            readonly version: string;
            /** @description As the file is called where it came from. */
            readonly name: string;
            readonly bytes: number;
            readonly sent_by: string;
            /**
             * Format: date-time
             * @description RFC 3339, UTC
             * @example 2026-11-22T12:00:00Z
             */
            readonly sent_at: string;
            /** @description Why it cannot be chosen; the timetable in use stays. */
            readonly refused?: {
                readonly code: string;
                readonly why: string;
            };
            /** @description What it holds; absent where it could not be read. */
            readonly read?: {
                /** @description A service day, as 20261130. */
                readonly first_day: string;
                /** @description A service day, as 20261130. */
                readonly last_day: string;
                readonly feed_version?: string;
                readonly lines: number;
                readonly stops: number;
                readonly trips: number;
            };
            /** @description Errors first. */
            readonly findings: readonly {
                /** @description Notice code of the canonical GTFS validator. */
                readonly code: string;
                /** @enum {unknown} */
                readonly severity: "ERROR" | "WARNING" | "INFO";
                readonly count: number;
                /** @description The first ones, with their place. */
                readonly examples: readonly {
                    readonly file: string;
                    /** @description Counted from 1 for the header; 0 where the whole file is meant. */
                    readonly line: number;
                    readonly text: string;
                }[];
            }[];
        };
        readonly TimetablePieceTaken: {
            /** @description Bytes that are here now. */
            readonly received: number;
            readonly offer?: components["schemas"]["TimetableOffer"];
        };
        readonly TimetableList: {
            readonly owner?: components["schemas"]["SettingsOwner"];
            readonly offer?: components["schemas"]["TimetableOffer"];
            readonly timetables: readonly {
                readonly feed: string;
                /** @description Where people choose: the version that was chosen last. */
                readonly newest?: string;
                /** @description The one before it, to which they may go back. */
                readonly before?: string;
                readonly sources: readonly {
                    /** @description A file's path, or of an address scheme and host. */
                    readonly source: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly looked_at?: string;
                    readonly trouble?: {
                        /**
                         * @description It cannot be fetched since then; or what it has is worse than what is followed.
                         * @enum {unknown}
                         */
                        readonly kind: "away" | "refused";
                        readonly code: string;
                        readonly why: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         * @example 2026-11-22T12:00:00Z
                         */
                        readonly at: string;
                        readonly refused?: components["schemas"]["TimetableFindings"];
                    };
                }[];
                readonly versions: readonly {
                    readonly sha256: string;
                    readonly source: string;
                    /** @description Whether today's buses drive by it. */
                    readonly in_use: boolean;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly taken_at?: string;
                    /** @description A service day, as 20261130. */
                    readonly from?: string;
                    /** @description From that service day on it is followed no more: it was taken back. */
                    readonly until?: string;
                    /** @description A service day, as 20261130. */
                    readonly first_day: string;
                    /** @description A service day, as 20261130. */
                    readonly last_day: string;
                    readonly feed_version?: string;
                }[];
            }[];
        };
    };
    responses: {
        /** @description The question is wrong; `detail` says what. */
        readonly Problem400: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Sign in, or give a token. */
        readonly Problem401: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description This needs a right that whoever asks does not have. */
        readonly Problem403: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no such thing, or no longer. */
        readonly Problem404: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not as things are: `detail` says what to do; with `Retry-After`, ask again after so many seconds. */
        readonly Problem409: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is not what was read any more: read it again. */
        readonly Problem412: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is too large; `detail` says how large it may be. */
        readonly Problem413: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The range lies outside. */
        readonly Problem416: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It was sent before under the same key, with other content. */
        readonly Problem422: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `If-Match` is needed. */
        readonly Problem428: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often: ask again after `Retry-After` seconds. */
        readonly Problem429: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A device behind this did not answer. */
        readonly Problem502: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Not now: ask again after `Retry-After` seconds. */
        readonly Problem503: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Any other refusal. */
        readonly ProblemOther: {
            headers: {
                readonly [name: string]: unknown;
            };
            content: {
                readonly "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
};
export type $defs = Record<string, never>;
export interface operations {
    readonly searchEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description In the query language, as `label:person zone:"playground" yesterday 22:00..06:00`; days and hours are the town's. */
                readonly q?: string;
                /** @description Earliest `time`, inclusive. */
                readonly from?: string;
                /** @description Latest `time`, exclusive. */
                readonly to?: string;
                /** @description Only from these sources, as `camera/yard-1`; may repeat. */
                readonly source?: readonly string[];
                /** @description Only these types, as `yard.presence`; may repeat. */
                readonly type?: readonly string[];
                /** @description Only with one of these labels: what was seen, or the line; may repeat. */
                readonly label?: readonly string[];
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
                /** @description Words that must all occur, in any order and case. */
                readonly text?: string;
                readonly limit?: number;
                /** @description From the page before, for the same question. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly searchEventsStructured: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: date-time
                     * @description Earliest `time`, inclusive.
                     */
                    readonly from?: string;
                    /**
                     * Format: date-time
                     * @description Latest `time`, exclusive.
                     */
                    readonly to?: string;
                    /** @description Each day only these hours, over midnight where `from` is later than `to`. */
                    readonly hours?: {
                        /** @description Local time, HH:MM. */
                        readonly from: string;
                        /** @description Local time, HH:MM. */
                        readonly to: string;
                        /** @description IANA name */
                        readonly timezone: string;
                    };
                    readonly where?: components["schemas"]["EventCondition"];
                    /** @enum {unknown} */
                    readonly order?: "newest" | "oldest";
                    /** @default 50 */
                    readonly limit?: number;
                    /** @description From the page before, for the same question. */
                    readonly cursor?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventPage"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly countEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description In the query language, as `label:person zone:"playground" yesterday 22:00..06:00`; days and hours are the town's. */
                readonly q?: string;
                /** @description Earliest `time`, inclusive. */
                readonly from?: string;
                /** @description Latest `time`, exclusive. */
                readonly to?: string;
                /** @description Only from these sources, as `camera/yard-1`; may repeat. */
                readonly source?: readonly string[];
                /** @description Only these types, as `yard.presence`; may repeat. */
                readonly type?: readonly string[];
                /** @description Only with one of these labels: what was seen, or the line; may repeat. */
                readonly label?: readonly string[];
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
                /** @description Words that must all occur, in any order and case. */
                readonly text?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventCount"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly countEventsByTime: {
        readonly parameters: {
            readonly query: {
                /** @description In the query language, as `label:person zone:"playground" yesterday 22:00..06:00`; days and hours are the town's. */
                readonly q?: string;
                /** @description Earliest `time`, inclusive. */
                readonly from?: string;
                /** @description Latest `time`, exclusive. */
                readonly to?: string;
                /** @description Only from these sources, as `camera/yard-1`; may repeat. */
                readonly source?: readonly string[];
                /** @description Only these types, as `yard.presence`; may repeat. */
                readonly type?: readonly string[];
                /** @description Only with one of these labels: what was seen, or the line; may repeat. */
                readonly label?: readonly string[];
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
                /** @description Words that must all occur, in any order and case. */
                readonly text?: string;
                /** @description At most 1000 of them. */
                readonly every: "minute" | "ten-minutes" | "hour" | "day";
                /** @description Each value of this field by itself. */
                readonly by?: "source" | "type" | "tenant" | "state" | "severity" | "label" | "zone" | "camera" | "route" | "stop" | "vehicle";
                /** @description IANA name; the town's unless given. */
                readonly timezone?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventHistogram"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly countEventsByValue: {
        readonly parameters: {
            readonly query: {
                /** @description In the query language, as `label:person zone:"playground" yesterday 22:00..06:00`; days and hours are the town's. */
                readonly q?: string;
                /** @description Earliest `time`, inclusive. */
                readonly from?: string;
                /** @description Latest `time`, exclusive. */
                readonly to?: string;
                /** @description Only from these sources, as `camera/yard-1`; may repeat. */
                readonly source?: readonly string[];
                /** @description Only these types, as `yard.presence`; may repeat. */
                readonly type?: readonly string[];
                /** @description Only with one of these labels: what was seen, or the line; may repeat. */
                readonly label?: readonly string[];
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
                /** @description Words that must all occur, in any order and case. */
                readonly text?: string;
                /** @description The fields whose values are counted; may repeat. */
                readonly by: readonly ("source" | "type" | "tenant" | "state" | "severity" | "label" | "zone" | "camera" | "route" | "stop" | "vehicle")[];
                /** @description Values of each field. */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventFacets"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly completeQuery: {
        readonly parameters: {
            readonly query: {
                /** @description What has been typed. */
                readonly q: string;
                /** @description Where the cursor stands, in UTF-16 units. */
                readonly at: number;
                /** @description Of the page; what is typed goes before. */
                readonly language?: "uk" | "ru" | "en";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What may stand instead of the part [from, to) of `q`. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueryCompletions"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly streamEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description Only from these sources, as `camera/yard-1`; may repeat. */
                readonly source?: readonly string[];
                /** @description Only these types, as `yard.presence`; may repeat. */
                readonly type?: readonly string[];
                /** @description Only with one of these labels: what was seen, or the line; may repeat. */
                readonly label?: readonly string[];
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
                /** @description Resume after this `id`, where no header can be sent. */
                readonly after?: string;
            };
            readonly header?: {
                /** @description Resume after this `id`; goes before `after`. */
                readonly "last-event-id"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages `event` whose data is an ApiEvent; revisions of one occurrence follow each other. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEvent: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description `occurrence` of an event. */
                readonly occurrence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ApiEvent"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEventSnapshot: {
        readonly parameters: {
            readonly query?: {
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
                /** @description `1`, the default: with a frame around what the event is about. */
                readonly box?: "0" | "1";
            };
            readonly header?: never;
            readonly path: {
                /** @description `occurrence` of an event. */
                readonly occurrence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description JPEG */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEventClip: {
        readonly parameters: {
            readonly query?: {
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
                /** @description So much more of what was recorded before the event's clip. */
                readonly before_s?: number;
                /** @description So much more of what was recorded after it. */
                readonly after_s?: number;
                /** @description For a browser that cannot play what was recorded: a proxy in H.264, made now where the recording is in another codec. */
                readonly codec?: "h264";
            };
            readonly header?: never;
            readonly path: {
                /** @description `occurrence` of an event. */
                readonly occurrence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The whole clip. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            /** @description The part that `Range` asks for. */
            readonly 206: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 416: components["responses"]["Problem416"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEventFilmstrip: {
        readonly parameters: {
            readonly query?: {
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
                /** @description So much more of what was recorded before the event's clip. */
                readonly before_s?: number;
                /** @description So much more of what was recorded after it. */
                readonly after_s?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description `occurrence` of an event. */
                readonly occurrence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description JPEG */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly streamSearchAlerts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Resume after this `id`. */
                readonly "last-event-id"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages `alert`: `search`, `name`, the newest `event` and the `count` of occurrences since the last message of that search. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listSearches: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly searches: readonly components["schemas"]["SavedSearch"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly saveSearch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string;
                    /** @description In the query language. */
                    readonly q: string;
                    /** @description Whether colleagues have it too; what they find by it is what they may see. */
                    readonly shared: boolean;
                    /** @description Whether new events that it finds are told at once. */
                    readonly alert: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedSearch"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSearch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedSearch"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly changeSearch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name: string;
                    /** @description In the query language. */
                    readonly q: string;
                    /** @description Whether colleagues have it too; what they find by it is what they may see. */
                    readonly shared: boolean;
                    /** @description Whether new events that it finds are told at once. */
                    readonly alert: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SavedSearch"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 412: components["responses"]["Problem412"];
            readonly 428: components["responses"]["Problem428"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly deleteSearch: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is gone. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listIncidents: {
        readonly parameters: {
            readonly query?: {
                /** @description May repeat. */
                readonly state?: readonly ("open" | "claimed" | "escalated" | "closed")[];
                /** @description Login of whoever has them. */
                readonly claimed_by?: string;
                /** @description Earliest `time`, inclusive. */
                readonly from?: string;
                /** @description Latest `time`, exclusive. */
                readonly to?: string;
                /** @description Words of the title, the purpose or the notes; all of them, in any case. */
                readonly text?: string;
                readonly limit?: number;
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IncidentList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly openIncident: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {string} */
                    readonly do: "open";
                    readonly title: string;
                    /** @description What for, as the audit log is to have it. */
                    readonly purpose: string;
                    /** @enum {unknown} */
                    readonly priority?: "low" | "normal" | "high";
                    /** @description WGS 84 degrees */
                    readonly place?: {
                        readonly latitude: number;
                        readonly longitude: number;
                    };
                    readonly cameras?: readonly string[];
                    readonly events?: readonly string[];
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Incident"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly streamIncidents: {
        readonly parameters: {
            readonly query?: {
                /** @description Resume after this `id`, where no header can be sent. */
                readonly after?: string;
            };
            readonly header?: {
                /** @description Resume after this `id`; goes before `after`. */
                readonly "last-event-id"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages `incident`: what was done (`what`, also `lock`, `lock-taken-over`, `unlock`), by whom, when, and the Incident as it is now. `reset`: too much was missed, read the list again. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getIncident: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Incident"];
                };
            };
            /** @description It is as it was read. */
            readonly 304: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listIncidentEntries: {
        readonly parameters: {
            readonly query?: {
                /** @description `revision` of an entry. */
                readonly after?: number;
            };
            readonly header?: never;
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["IncidentLog"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly changeIncident: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {string} */
                    readonly do: "claim";
                    /**
                     * @description From whoever has it; they are told.
                     * @enum {boolean}
                     */
                    readonly take_over?: true;
                } | {
                    /** @enum {string} */
                    readonly do: "release";
                } | {
                    /** @enum {string} */
                    readonly do: "note";
                    readonly text: string;
                } | {
                    /** @enum {string} */
                    readonly do: "amend";
                    readonly title?: string;
                    /** @enum {unknown} */
                    readonly priority?: "low" | "normal" | "high";
                    /** @description WGS 84 degrees */
                    readonly place?: {
                        readonly latitude: number;
                        readonly longitude: number;
                    };
                } | {
                    /** @enum {string} */
                    readonly do: "detach";
                    readonly events?: readonly string[];
                    readonly cameras?: readonly string[];
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly do: "escalate";
                    readonly to: string;
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly do: "close";
                    /** @enum {unknown} */
                    readonly outcome: "resolved" | "false-alarm" | "passed-on" | "nothing-found";
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly do: "reopen";
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly do: "hand-over";
                    /** @description Their login; it is theirs once they claim it. */
                    readonly to: string;
                    readonly note?: string;
                } | {
                    /** @enum {string} */
                    readonly do: "attach";
                    readonly events?: readonly string[];
                    readonly cameras?: readonly string[];
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Incident"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 422: components["responses"]["Problem422"];
            readonly 428: components["responses"]["Problem428"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getIncidentLock: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly lock?: {
                            readonly by: string;
                            /** Format: date-time */
                            readonly since: string;
                            /** Format: date-time */
                            readonly until: string;
                        };
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly lockIncident: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description From whoever is editing it. */
                    readonly take_over?: boolean;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly by: string;
                        /** Format: date-time */
                        readonly since: string;
                        /** Format: date-time */
                        readonly until: string;
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly unlockIncident: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description `id` of an incident. */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is free. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listShifts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShiftList"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly beginShift: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description What for, as the audit log is to have it. */
                    readonly purpose: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Shift"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly endShift: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly note?: string;
                    readonly to?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Shift"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly acceptShift: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly shift: components["schemas"]["Shift"];
                        /** @description Incidents that are yours now. */
                        readonly taken: readonly string[];
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listEventNeighbours: {
        readonly parameters: {
            readonly query?: {
                /** @description Metres. */
                readonly within_m?: number;
                /** @description Seconds before and after. */
                readonly within_s?: number;
                readonly limit?: number;
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path: {
                /** @description `occurrence` of an event. */
                readonly occurrence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["EventNeighbours"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listCameras: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listRecordings: {
        readonly parameters: {
            readonly query: {
                /** @description Inclusive. */
                readonly from: string;
                /** @description Exclusive. */
                readonly to: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraRecordings"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getPlaylist: {
        readonly parameters: {
            readonly query: {
                /** @description Inclusive. */
                readonly from: string;
                /** @description Exclusive. */
                readonly to: string;
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description RFC 8216, fMP4 segments. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/vnd.apple.mpegurl": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSegment: {
        readonly parameters: {
            readonly query?: {
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly camera: string;
                /** @description When it begins. */
                readonly at_ms: number;
                readonly segment: string;
                readonly part: "head.mp4" | "pictures.m4s";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description fMP4 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly watchCamera: {
        readonly parameters: {
            readonly query?: {
                /** @description Of a camera with two streams `sub` is the smaller one; of others both are the same. */
                readonly stream?: "main" | "sub";
                /** @description For a browser that cannot play what a camera gives: what is in another codec is encoded anew. */
                readonly codec?: "h264";
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
            };
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description fMP4 */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "video/mp4": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly watchCameras: {
        readonly parameters: {
            readonly query: {
                /** @description In the order of the answer. */
                readonly camera: readonly string[];
                /** @description The one of them that is looked at large: it comes in its main stream, whatever `stream` says. */
                readonly main?: string;
                /** @description Of a camera with two streams `sub` is the smaller one; of others both are the same. */
                readonly stream?: "main" | "sub";
                /** @description For a browser that cannot play what a camera gives: what is in another codec is encoded anew. */
                readonly codec?: "h264";
                /** @description What for, in a person's words; it is written down with who looks. */
                readonly purpose?: string;
                /** @description The open incident that it is looked at for; in the place of `purpose`. */
                readonly incident?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages, each a head of 24 bytes and a body. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/vnd.yardline.live": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getCameraStatistics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraStatistics"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listCameraViews: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraViewList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 502: components["responses"]["Problem502"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly turnCamera: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The token of a saved view. */
                    readonly view: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 502: components["responses"]["Problem502"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listZones: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
                /** @description Only of this camera. */
                readonly camera?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ZoneList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listPlaces: {
        readonly parameters: {
            readonly query?: {
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
                readonly kind?: "stop" | "camera";
                /** @description west,south,east,north in degrees; not across the antimeridian. */
                readonly bbox?: string;
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PlaceList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly pauseCamera: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Why; whoever may know of the camera reads it. Name nobody. */
                    readonly reason: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly until: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Camera"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly resumeCamera: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Why; whoever may know of the camera reads it. Name nobody. */
                    readonly reason: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Camera"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listHolds: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly holds: readonly components["schemas"]["Hold"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly makeHold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly camera: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly from: string;
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly to: string;
                    /** @description Why. */
                    readonly reason: string;
                    /** @description By what right it outlives its time: the authority and its case, the article of a law. */
                    readonly legal_basis: string;
                    /**
                     * Format: date-time
                     * @description Within 366 days.
                     */
                    readonly until: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Hold"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly extendHold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly hold: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly until: string;
                    /** @description Why. */
                    readonly reason: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Hold"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly releaseHold: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly hold: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Why. */
                    readonly reason: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Hold"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listPublicCameras: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PublicCameraList"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getCameraSign: {
        readonly parameters: {
            readonly query?: {
                readonly language?: "uk" | "ru" | "en";
            };
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The sheet */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/pdf": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly countPublicly: {
        readonly parameters: {
            readonly query?: {
                /** @description A day of the last month; today without it. */
                readonly day?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PublicCounts"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly evidence: readonly components["schemas"]["Evidence"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly askEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /**
                     * @description `redacted`: only copies in which everything is covered but what is opened; the recording itself does not leave.
                     * @enum {unknown}
                     */
                    readonly form: "original" | "redacted";
                    readonly periods?: readonly {
                        readonly camera: string;
                        /** Format: date-time */
                        readonly from: string;
                        /** Format: date-time */
                        readonly to: string;
                    }[];
                    /** @description Their recordings, where no periods are given; and the events as they are stored. */
                    readonly events?: readonly string[];
                    readonly redaction?: {
                        /** @enum {unknown} */
                        readonly cover: "solid" | "mosaic";
                        /** @description A track or a region over time; takes the right `unmask`. */
                        readonly opened: readonly {
                            readonly camera: string;
                            /** @description Where it is at some moments, between which it moves in a straight line. */
                            readonly path: readonly {
                                /** Format: date-time */
                                readonly at: string;
                                /** @description In fractions of the picture, from its top-left. */
                                readonly box: {
                                    readonly left: number;
                                    readonly top: number;
                                    readonly right: number;
                                    readonly bottom: number;
                                };
                            }[];
                        }[];
                    };
                    readonly purpose: string;
                    readonly incident?: string;
                    readonly legal_basis: {
                        /** @enum {unknown} */
                        readonly ground: "police-request" | "court-order" | "prosecutor-request" | "legal-claim" | "request-of-person-filmed" | "legal-obligation" | "public-task";
                        /** @description The paper that it rests on. */
                        readonly reference: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly approveEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly refuseEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly withdrawEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly linkEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly link: string;
                        /**
                         * Format: date-time
                         * @description RFC 3339, UTC
                         * @example 2026-11-22T12:00:00Z
                         */
                        readonly until: string;
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly fetchEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly token: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The bundle. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/zip": string;
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly handOverEvidence: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Who took it: name and rank. */
                    readonly to: string;
                    /** @description For which authority. */
                    readonly authority: string;
                    /** @description Number and date of what it was asked for with. */
                    readonly document: string;
                    /** @description On what: a flash drive and its serial number. */
                    readonly medium: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Evidence"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getHandOverSheet: {
        readonly parameters: {
            readonly query: {
                readonly language: "uk" | "ru" | "en";
            };
            readonly header?: never;
            readonly path: {
                readonly evidence: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A4, no script. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEvidenceKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description SHA-256, hex. */
                        readonly fingerprint: string;
                        readonly pem: string;
                    };
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEvidenceVerifier: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One file, no network. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/html": string;
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listRequests: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly requests: readonly components["schemas"]["SubjectRequest"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly recordRequest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {unknown} */
                    readonly law: "gdpr" | "ukraine" | "moldova" | "russia";
                    /** @enum {unknown} */
                    readonly kind: "access" | "erasure" | "objection";
                    readonly requester: {
                        readonly name: string;
                        readonly contact: string;
                    };
                    /** Format: date-time */
                    readonly received_at: string;
                    readonly about: {
                        readonly description: string;
                        readonly cameras: readonly string[];
                        /** Format: date-time */
                        readonly from: string;
                        /** Format: date-time */
                        readonly to: string;
                    };
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubjectRequest"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly takeRequestStep: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly request: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @enum {string} */
                    readonly step: "identity-checked";
                    readonly how: string;
                } | {
                    /** @enum {string} */
                    readonly step: "extend";
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly step: "answer";
                    readonly why: string;
                    readonly evidence?: string;
                } | {
                    /** @enum {string} */
                    readonly step: "refuse";
                    readonly why: string;
                } | {
                    /** @enum {string} */
                    readonly step: "withdraw";
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SubjectRequest"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listStops: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["StopCollection"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly reportMissing: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly stop_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The line that was waited for. */
                    readonly route_id?: string;
                };
            };
        };
        readonly responses: {
            /** @description It is counted. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly countStopReports: {
        readonly parameters: {
            readonly query: {
                /**
                 * @description Inclusive.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly from: string;
                /**
                 * @description Exclusive; at most 31 days later.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly to: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StopReportList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getStopTimetable: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly stop_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StopTimetable"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getPushKey: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PushKey"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly addReminder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly call: {
                        readonly stop_id: string;
                        readonly route_id: string;
                        readonly trip_id: string;
                        readonly service_date: string;
                        readonly stop_sequence: number;
                        /** Format: date-time */
                        readonly scheduled_at: string;
                    };
                    /** @description Minutes before it comes; 10 otherwise. */
                    readonly lead_min?: number;
                    /** @enum {unknown} */
                    readonly language: "uk" | "ru" | "en";
                    readonly address: {
                        readonly endpoint: string;
                        readonly keys: {
                            readonly p256dh: string;
                            readonly auth: string;
                        };
                    };
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["KeptReminder"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly removeReminder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is forgotten. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listArrivals: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly stop_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StopArrivals"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly streamArrivals: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly stop_id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Messages `arrivals` whose data is a StopArrivals: always the whole board, so nothing is missed by coming back. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listLines: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description MultiLineStrings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["LineCollection"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listVehicles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["VehicleCollection"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getTripUpdates: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A FeedMessage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-protobuf": string;
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getVehiclePositions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A FeedMessage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-protobuf": string;
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getAlerts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A FeedMessage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-protobuf": string;
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listAlerts: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AlertList"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listOrders: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OrderList"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly giveOrder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["AskedOrder"];
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Order"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly undoOrder: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Who decides it. */
                    readonly by: string;
                    /** @description For whoever reads it tomorrow. */
                    readonly why: string;
                    /**
                     * Format: date-time
                     * @description Undone from; now without it. With the order's own `from` it is as if it had never been given: where a wrongly assigned bus is, is then found out anew.
                     */
                    readonly from?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Order"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listBlocks: {
        readonly parameters: {
            readonly query?: {
                /** @description YYYYMMDD; today without it. */
                readonly date?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BlockList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listDispatchVehicles: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DispatchVehicleList"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listPassages: {
        readonly parameters: {
            readonly query: {
                /** @description latitude,longitude,radius in metres, at most 200000. */
                readonly near: string;
                /** @description Earliest instant, inclusive. */
                readonly from: string;
                /** @description Latest instant, exclusive; two hours later at most. */
                readonly to: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PassageList"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getPublicPositions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PublicPositionsState"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly decidePublicPositions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly policy: {
                        readonly town: {
                            /** @enum {string} */
                            readonly show: "on";
                        } | {
                            /** @enum {string} */
                            readonly show: "delayed";
                            readonly delay_min: number;
                        } | {
                            /** @enum {string} */
                            readonly show: "coarsened";
                            readonly grid_m: number;
                        } | {
                            /** @enum {string} */
                            readonly show: "off";
                        };
                        readonly lines: readonly {
                            readonly feed?: string;
                            readonly route_id: string;
                            readonly exposure: {
                                /** @enum {string} */
                                readonly show: "on";
                            } | {
                                /** @enum {string} */
                                readonly show: "delayed";
                                readonly delay_min: number;
                            } | {
                                /** @enum {string} */
                                readonly show: "coarsened";
                                readonly grid_m: number;
                            } | {
                                /** @enum {string} */
                                readonly show: "off";
                            };
                        }[];
                        readonly vehicles: readonly {
                            readonly vehicle_id: string;
                            readonly exposure: {
                                /** @enum {string} */
                                readonly show: "on";
                            } | {
                                /** @enum {string} */
                                readonly show: "delayed";
                                readonly delay_min: number;
                            } | {
                                /** @enum {string} */
                                readonly show: "coarsened";
                                readonly grid_m: number;
                            } | {
                                /** @enum {string} */
                                readonly show: "off";
                            };
                        }[];
                    };
                    /** @description Who decides it. */
                    readonly by: string;
                    /** @description For whoever reads it tomorrow. */
                    readonly why: string;
                    /** @description The revision that the person saw. */
                    readonly seen_revision: number;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["PublicPositionsState"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listUnknownTrackers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["UnknownTrackerList"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly adoptTracker: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly protocol: string;
                    readonly device_id: string;
                    readonly vehicle_id: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly protocol: string;
                        readonly device_id: string;
                        readonly vehicle_id: string;
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly reviewDays: {
        readonly parameters: {
            readonly query: {
                /** @description A service day, as 2026-10-01 */
                readonly from: string;
                /** @description A service day, as 2026-10-01 */
                readonly to: string;
                /** @description Only this line; may be repeated. */
                readonly route_id?: string | readonly string[];
                /** @description Only this day of the week, 1 is Monday; may be repeated. */
                readonly weekday?: number | readonly number[];
                /** @description Only this direction; what names none is in neither. */
                readonly direction_id?: number;
                /** @description Only calls that are due in this hour of the town's clocks; may be repeated. Reports about whole trips do not heed it. */
                readonly hour?: number | readonly number[];
                /** @description Each hour by itself, where a report can do that. */
                readonly hourly?: boolean;
                /** @description `comparison`: first day of the period before. */
                readonly before_from?: string;
                /** @description `comparison`: last day of the period before. */
                readonly before_to?: string;
                /** @description `comparison`: of its random numbers. */
                readonly seed?: number;
                /** @description `speeding`: what is too fast. */
                readonly limit_kmh?: number;
                /** @description `suggested-run-times`: fraction of the drives that stay within; the best one unless given. */
                readonly percentile?: number;
                /** @description `gtfs`: of `suggested-run-times`, the `stop_times.txt` of the trips whose times would change. */
                readonly format?: "json" | "csv" | "parquet" | "gtfs";
            };
            readonly header?: never;
            readonly path: {
                readonly report: "network" | "on-time" | "headways" | "run-times" | "dwell" | "slow-segments" | "speeding" | "missed-trips" | "comparison" | "suggested-run-times" | "completeness";
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The report */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Review"];
                    readonly "text/csv": string;
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly replayDay: {
        readonly parameters: {
            readonly query: {
                /** @description A service day, as 2026-10-01 */
                readonly date: string;
                /**
                 * @description Moments from then on; the day's first unless given.
                 * @example 2026-11-22T12:00:00Z
                 */
                readonly since?: string;
                /** @description Only this line; may be repeated. */
                readonly route_id?: string | readonly string[];
                /** @description Only this day of the week, 1 is Monday; may be repeated. */
                readonly weekday?: number | readonly number[];
                /** @description Only this direction; what names none is in neither. */
                readonly direction_id?: number;
                /** @description Only calls that are due in this hour of the town's clocks; may be repeated. Reports about whole trips do not heed it. */
                readonly hour?: number | readonly number[];
                /** @description As a table: all of the day, a row a moment. */
                readonly format?: "json" | "csv" | "parquet";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Moments */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DayReplay"];
                    readonly "text/csv": string;
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly reviewLineDay: {
        readonly parameters: {
            readonly query: {
                /** @description A service day, as 2026-10-01 */
                readonly date: string;
                readonly route_id: string;
                /** @description Only this direction; what names none is in neither. */
                readonly direction_id?: number;
                /** @description As a table: a row a call. */
                readonly format?: "json" | "csv" | "parquet";
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The day */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["LineDay"];
                    readonly "text/csv": string;
                    readonly "application/vnd.apache.parquet": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listSegments: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description LineStrings */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["SegmentCollection"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getStopMonitoring: {
        readonly parameters: {
            readonly query: {
                /** @description The stop. */
                readonly MonitoringRef: string;
                /** @description Of this line only. */
                readonly LineRef?: string;
                readonly MaximumStopVisits?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A StopMonitoringDelivery */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/xml": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getVehicleMonitoring: {
        readonly parameters: {
            readonly query?: {
                /** @description Of this line only. */
                readonly LineRef?: string;
                /** @description This vehicle only. */
                readonly VehicleRef?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A VehicleMonitoringDelivery */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/xml": string;
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listShares: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly shares: readonly components["schemas"]["Share"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly makeShare: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly to: {
                        readonly tenant: string;
                        readonly name: string;
                        /** @description Who signed for it, by name. */
                        readonly signed_by: string;
                    };
                    /** @description The lines. */
                    readonly route_ids: readonly string[];
                    readonly what: readonly ("vehicles" | "arrivals")[];
                    readonly purpose: string;
                    /**
                     * Format: date-time
                     * @description Open-ended without it.
                     */
                    readonly until?: string;
                    /** @description Who signed for this town, by name. */
                    readonly signed_by: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly share: components["schemas"]["Share"];
                        readonly token: string;
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly endShare: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly share: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly why: string;
                };
            };
        };
        readonly responses: {
            /** @description What one town gives another of a line over the border. */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Share"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSharedLines: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SharedLines"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSharedVehiclePositions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A FeedMessage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-protobuf": string;
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSharedTripUpdates: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A FeedMessage */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/x-protobuf": string;
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getOgcLandingPage: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OgcLanding"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getOgcConformance: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OgcConformance"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listOgcCollections: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OgcCollections"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getOgcCollection: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly collection: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["OgcCollection"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listPlaceFeatures: {
        readonly parameters: {
            readonly query?: {
                /** @description west,south,east,north in CRS84, or with heights, which are not looked at. */
                readonly bbox?: string;
                /** @description An RFC 3339 instant, or an interval as `2026-11-01T00:00:00Z/..`, both ends included. */
                readonly datetime?: string;
                /** @description Most items of one answer. */
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points, by id */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["PlaceFeatures"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getPlaceFeature: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description As `stop/market`, escaped. */
                readonly feature: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A point */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["PlaceFeature"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listVehicleFeatures: {
        readonly parameters: {
            readonly query?: {
                /** @description west,south,east,north in CRS84, or with heights, which are not looked at. */
                readonly bbox?: string;
                /** @description An RFC 3339 instant, or an interval as `2026-11-01T00:00:00Z/..`, both ends included. */
                readonly datetime?: string;
                /** @description Most items of one answer. */
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points, by id */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["VehicleFeatures"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getVehicleFeature: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly feature: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A point */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["VehicleFeature"];
                };
            };
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listEventFeatures: {
        readonly parameters: {
            readonly query?: {
                /** @description west,south,east,north in CRS84, or with heights, which are not looked at. */
                readonly bbox?: string;
                /** @description An RFC 3339 instant, or an interval as `2026-11-01T00:00:00Z/..`, both ends included. */
                readonly datetime?: string;
                /** @description Most items of one answer. */
                readonly limit?: number;
                /** @description From the page before, for the same list. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Points, or nothing of a place */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["EventFeatures"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getEventFeature: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly feature: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A point */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/geo+json": components["schemas"]["EventFeature"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getTown: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Town"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly signIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly login: string;
                    readonly password: string;
                    /** @description Where the account has a second factor: what the app shows, or one of the codes for a lost phone. */
                    readonly code?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly signOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly beginOutsideSignIn: {
        readonly parameters: {
            readonly query?: {
                /** @description A path of the page to come back to. */
                readonly return_to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Go to `Location`. */
            readonly 303: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly finishOutsideSignIn: {
        readonly parameters: {
            readonly query?: {
                readonly code?: string;
                readonly state?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Go to `Location`. */
            readonly 303: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly makeFirstAccount: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description As printed when the town started. */
                    readonly token: string;
                    readonly login: string;
                    readonly name: string;
                    readonly password: string;
                };
            };
        };
        readonly responses: {
            /** @description There it is: sign in. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly changePassword: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly old: string;
                    readonly new: string;
                };
            };
        };
        readonly responses: {
            /** @description Changed; the answer sets the session's new cookie. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly confirmTotp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly code: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description For a lost phone, each good once. They are shown this one time. */
                        readonly recovery_codes: readonly string[];
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly offerTotp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly password: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        /** @description Base 32, for apps without a camera. */
                        readonly secret: string;
                        /** @description otpauth://… for a QR code. */
                        readonly uri: string;
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly removeTotp: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly password: string;
                };
            };
        };
        readonly responses: {
            /** @description Removed; the answer sets the session's new cookie. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 409: components["responses"]["Problem409"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listOwnSessions: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly sessions: readonly {
                            /** @description Ends it; opens nothing. */
                            readonly id: string;
                            /**
                             * Format: date-time
                             * @description RFC 3339, UTC
                             * @example 2026-11-22T12:00:00Z
                             */
                            readonly began_at: string;
                            /**
                             * Format: date-time
                             * @description To five minutes.
                             * @example 2026-11-22T12:00:00Z
                             */
                            readonly used_at: string;
                            /** @description What the browser calls itself. */
                            readonly agent?: string;
                            /** @description The one that asks. */
                            readonly current: boolean;
                        }[];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly endOwnSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listPeople: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly people: readonly components["schemas"]["Person"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly addPerson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly login: string;
                    readonly name: string;
                    readonly password: string;
                    readonly grants: readonly {
                        readonly tenant: string;
                        /** @enum {unknown} */
                        readonly role: "dispatcher" | "planner" | "administrator" | "privacy-officer" | "operator";
                        readonly also?: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
                        readonly cameras?: readonly string[];
                        readonly districts?: readonly string[];
                        readonly partner?: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Person"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly changePerson: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                readonly login: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly name?: string;
                    readonly password?: string;
                    readonly grants?: readonly {
                        readonly tenant: string;
                        /** @enum {unknown} */
                        readonly role: "dispatcher" | "planner" | "administrator" | "privacy-officer" | "operator";
                        readonly also?: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
                        readonly cameras?: readonly string[];
                        readonly districts?: readonly string[];
                        readonly partner?: string;
                    }[];
                    readonly locked?: boolean;
                    /**
                     * @description Takes the second factor away from whoever lost it.
                     * @enum {boolean}
                     */
                    readonly without_totp?: true;
                    /**
                     * @description Signs them out everywhere, without any other change.
                     * @enum {boolean}
                     */
                    readonly end_sessions?: true;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Person"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listTokens: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly tokens: readonly components["schemas"]["ApiToken"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly makeToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    readonly what_for: string;
                    readonly rights: readonly ("live" | "archive" | "export" | "unmask" | "audit" | "transit" | "dispatch" | "operate" | "configure" | "people")[];
                    /**
                     * Format: date-time
                     * @description RFC 3339, UTC
                     * @example 2026-11-22T12:00:00Z
                     */
                    readonly expires_at: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly token: string;
                    };
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly revokeToken: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It is over. */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TownSettings"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listCameraSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly cameras: readonly components["schemas"]["CameraSettings"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getCameraSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraSettings"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly writeCameraSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description As a camera stands in a town.yaml; never its address. */
                    readonly settings: {
                        readonly [key: string]: unknown;
                    };
                    /** @description Its new address, password included; it is sealed and never given out again. */
                    readonly address?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraSettings"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 428: components["responses"]["Problem428"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly removeCameraSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 428: components["responses"]["Problem428"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listSectionSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": {
                        readonly sections: readonly components["schemas"]["SectionSettings"][];
                    };
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSectionSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description As in a town.yaml: `recordings`. */
                readonly section: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SectionSettings"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly writeSectionSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                /** @description As in a town.yaml: `recordings`. */
                readonly section: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description The whole section. What was shown of an address or a secret stays what it was. */
                    readonly value: unknown;
                    /** @description Typed anew; they are sealed and never given out again. */
                    readonly secrets?: readonly {
                        /** @description JSON pointer of its field in `value`. */
                        readonly at: string;
                        readonly text: string;
                    }[];
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SectionSettings"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 428: components["responses"]["Problem428"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly removeSectionSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description The `ETag` that was read; 412 when it is another one by now. */
                readonly "if-match"?: string;
            };
            readonly path: {
                /** @description As in a town.yaml: `recordings`. */
                readonly section: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 412: components["responses"]["Problem412"];
            readonly 428: components["responses"]["Problem428"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly probeCamera: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Where its pictures come from, password included: rtsp, rtsps, http or https, never a file, and never this machine. It is kept nowhere. */
                    readonly address: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CameraProbe"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 502: components["responses"]["Problem502"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly takeSetUpStill: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly camera: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description One picture, in memory, for whoever had it taken. */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SetUpStill"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 502: components["responses"]["Problem502"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getSetUpStill: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly still: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/jpeg": string;
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listTimetables: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TimetableList"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly checkTimetable: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly feed: string;
                readonly version: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TimetableFindings"];
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly sendTimetablePiece: {
        readonly parameters: {
            readonly query: {
                /** @description As the file is called; for people. */
                readonly name: string;
                /** @description Bytes of the whole file. */
                readonly of: number;
                /** @description Bytes that came before this piece; 0 begins anew. */
                readonly at: number;
            };
            readonly header?: never;
            readonly path: {
                readonly feed: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/octet-stream": unknown;
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TimetablePieceTaken"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 413: components["responses"]["Problem413"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly dropTimetableOffer: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly feed: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly chooseTimetable: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly feed: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description SHA-256 of the file. */
                    readonly version: string;
                    /** @description A service day, as 20261130. */
                    readonly from?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly returnToTimetable: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path: {
                readonly feed: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description SHA-256 of the file. */
                    readonly newest: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly listAuditEntries: {
        readonly parameters: {
            readonly query?: {
                /** @description A login. */
                readonly who?: string;
                readonly action?: "look" | "search" | "live" | "export" | "unmask" | "hold" | "release" | "delete" | "pause" | "configure" | "sign-in" | "people" | "incident" | "shift" | "evidence" | "request" | "share" | "audit" | "log";
                /** @description As `event`, `camera`, `account`. */
                readonly object_kind?: string;
                readonly object_id?: string;
                readonly incident?: string;
                /** @description Inclusive. */
                readonly from?: string;
                /** @description Exclusive. */
                readonly to?: string;
                readonly limit?: number;
                /** @description From the page before. */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditLogPage"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly proveAuditLog: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                /** @description Sent again under the same key within a day, it is done once and answered alike. */
                readonly "idempotency-key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": {
                    /** @description Text in which checkpoints stand that were kept elsewhere: a saved mail, for one. */
                    readonly checkpoints?: string;
                };
            };
        };
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditProof"];
                };
            };
            readonly 400: components["responses"]["Problem400"];
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly 404: components["responses"]["Problem404"];
            readonly 409: components["responses"]["Problem409"];
            readonly 422: components["responses"]["Problem422"];
            readonly 429: components["responses"]["Problem429"];
            readonly 503: components["responses"]["Problem503"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getHealth: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Default Response */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Default Response */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Health"];
                };
            };
            readonly default: components["responses"]["ProblemOther"];
        };
    };
    readonly getMetrics: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Prometheus text */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/plain": string;
                };
            };
            readonly 401: components["responses"]["Problem401"];
            readonly 403: components["responses"]["Problem403"];
            readonly default: components["responses"]["ProblemOther"];
        };
    };
}
