import { Component, type ReactNode } from "react";
import { Notice } from "../elements/notice.tsx";
import { useSpeech } from "../messages/use-speech.tsx";

/** A browser without WebGL, or a map that did not load, costs the map and nothing else. */
export class MapBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? <NoMap /> : this.props.children;
  }
}

function NoMap() {
  const { t } = useSpeech();
  return (
    <div className="map-room">
      <Notice icon="alert" title={t("map.failed")}>
        <p>{t("map.failed.text")}</p>
      </Notice>
    </div>
  );
}
